# A pair of canonical nodes.
INSERT DATA { <candidate/1> a cq:Candidate, rdf:Statement ; rdf:subject <person/a-ilva-dorn> ; rdf:predicate skos:closeMatch ; rdf:object <person/b-remy-oake> ; cq:score 0.6 ; cq:reason "one surname" }
