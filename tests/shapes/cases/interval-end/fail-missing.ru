# An interval without an end.
DELETE { ?x time:hasEnd ?old } WHERE { ?x a time:ProperInterval ; time:hasEnd ?old }
