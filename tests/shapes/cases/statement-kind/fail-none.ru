# A statement that does nothing.
DELETE { ?x cq:kind ?old . ?f ?fp ?fo } WHERE { ?x a cq:Statement ; cq:kind ?old . ?f rdf:subject ?x ; rdf:predicate cq:kind ; ?fp ?fo }
