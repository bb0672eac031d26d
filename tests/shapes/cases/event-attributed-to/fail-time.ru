# A day alleges nothing.
INSERT { ?x cq:attributedTo <time/2023-05-03> . <fact/source> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:attributedTo ; rdf:object <time/2023-05-03> ; cq:confidence 0.8 ; cq:evidence ?e } WHERE { ?x a cq:ReportedEvent ; cq:evidence ?e }
