# An interval that begins earlier.
DELETE { ?x time:hasBeginning ?old } INSERT { ?x time:hasBeginning <time/2022-05-01> } WHERE { ?x a time:ProperInterval ; time:hasBeginning ?old }
