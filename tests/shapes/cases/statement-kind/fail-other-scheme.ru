# A kind of no such scheme.
INSERT { ?x cq:kind kind:lament . <fact/new> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:kind ; rdf:object kind:lament ; cq:confidence 0.5 ; cq:evidence ?e } WHERE { ?x a cq:Statement ; cq:evidence ?e }
