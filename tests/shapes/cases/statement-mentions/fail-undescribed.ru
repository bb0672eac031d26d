# A mention of something of which nothing is said.
INSERT { ?x cq:mentions <place/unknown> . <fact/new> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:mentions ; rdf:object <place/unknown> ; cq:confidence 0.5 ; cq:evidence ?e } WHERE { ?x a cq:Statement ; cq:evidence ?e }
