# One of the two is joined with another node already.
INSERT DATA { <candidate/1> a cq:Candidate, rdf:Statement ; rdf:subject <person/a-ilva-dorn> ; rdf:predicate skos:closeMatch ; rdf:object <person/b-dorn> ; cq:score 0.6 ; cq:reason "one surname" }
