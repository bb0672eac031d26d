# A mention that is the entity itself.
INSERT { ?f cq:mention ?o } WHERE { ?f rdf:predicate cq:recipient ; rdf:object ?o }
