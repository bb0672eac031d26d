# A quotation of two texts.
INSERT { ?x schema:text "nine broken roofs"@en } WHERE { ?x a cq:Quotation }
