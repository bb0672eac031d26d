# An interval of one day.
DELETE { ?x time:hasEnd ?old } INSERT { ?x time:hasEnd <time/2023-05-01> } WHERE { ?x a time:ProperInterval ; time:hasEnd ?old }
