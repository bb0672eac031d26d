# The base has one subject a fact.
INSERT { ?f rdfs:comment "fact"@en } WHERE { ?f rdf:predicate cq:recipient }
