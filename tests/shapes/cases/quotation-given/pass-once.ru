# A quotation that one statement gives.
INSERT { ?x rdfs:comment "given"@en } WHERE { ?x a cq:Quotation }
