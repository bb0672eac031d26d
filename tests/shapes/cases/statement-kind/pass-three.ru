# Three kinds.
INSERT { ?x cq:kind kind:concern . <fact/new> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:kind ; rdf:object kind:concern ; cq:confidence 0.5 ; cq:evidence ?e } WHERE { ?x a cq:Statement ; cq:evidence ?e }
