# A treaty that is mentioned.
INSERT { ?x cq:mentions ?v . <fact/new> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:mentions ; rdf:object ?v ; cq:confidence 0.5 ; cq:evidence ?e } WHERE { ?x a cq:Statement ; cq:cites ?v ; cq:evidence ?e }
