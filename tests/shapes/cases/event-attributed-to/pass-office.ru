# An office is the source of an allegation.
INSERT { ?x cq:attributedTo <office/un-secretary-general> . <fact/source> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:attributedTo ; rdf:object <office/un-secretary-general> ; cq:confidence 0.8 ; cq:evidence ?e } WHERE { ?x a cq:ReportedEvent ; cq:evidence ?e }
