# Four kinds.
INSERT { ?x cq:kind kind:concern . <fact/n1> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:kind ; rdf:object kind:concern ; cq:confidence 0.5 ; cq:evidence ?e } WHERE { ?x a cq:Statement ; cq:evidence ?e } ;
INSERT { ?x cq:kind kind:report . <fact/n2> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:kind ; rdf:object kind:report ; cq:confidence 0.5 ; cq:evidence ?e } WHERE { ?x a cq:Statement ; cq:evidence ?e }
