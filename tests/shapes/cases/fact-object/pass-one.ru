# One object.
INSERT { ?f rdfs:comment "fact"@en } WHERE { ?f rdf:predicate cq:cites }
