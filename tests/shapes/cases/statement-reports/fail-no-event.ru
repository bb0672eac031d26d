# A statement that reports a place.
INSERT { ?x cq:reports ?p } WHERE { ?x a cq:Statement . ?p a schema:Place }
