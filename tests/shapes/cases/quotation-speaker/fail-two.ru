# A quotation of two speakers.
INSERT { ?x cq:speaker ?v . <fact/new> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:speaker ; rdf:object ?v ; cq:confidence 0.5 ; cq:evidence ?e } WHERE { ?x a cq:Quotation ; cq:evidence ?e . ?s cq:onBehalfOf ?v ; cq:quotation ?x }
