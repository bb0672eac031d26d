# An interval that ends before it begins.
DELETE { ?x time:hasEnd ?old } INSERT { ?x time:hasEnd <time/2023-04-30> } WHERE { ?x a time:ProperInterval ; time:hasEnd ?old }
