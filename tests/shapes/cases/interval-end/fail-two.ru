# An interval that ends twice.
INSERT { ?x time:hasEnd <time/2023-06-01> } WHERE { ?x a time:ProperInterval }
