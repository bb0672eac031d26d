# An interval without a beginning.
DELETE { ?x time:hasBeginning ?old } WHERE { ?x a time:ProperInterval ; time:hasBeginning ?old }
