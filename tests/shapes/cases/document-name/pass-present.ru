# The name follows from the hash; other identifiers are free.
INSERT { ?x dcterms:identifier "A/77/1" } WHERE { ?x a cq:Document }
