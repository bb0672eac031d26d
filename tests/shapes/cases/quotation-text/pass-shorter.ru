# A shorter verbatim text.
DELETE { ?x schema:text ?old } INSERT { ?x schema:text "nine broken roofs"@en } WHERE { ?x a cq:Quotation ; schema:text ?old }
