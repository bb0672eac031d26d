# The document may have more types.
INSERT { ?x a schema:Report } WHERE { ?x a cq:Document }
