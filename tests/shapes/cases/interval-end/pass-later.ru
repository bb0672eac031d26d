# An interval that ends later.
DELETE { ?x time:hasEnd ?old } INSERT { ?x time:hasEnd <time/2024-05-31> } WHERE { ?x a time:ProperInterval ; time:hasEnd ?old }
