# A quotation of words that nobody wrote.
DELETE { ?x schema:text ?old } INSERT { ?x schema:text "We counted ten broken roofs"@en } WHERE { ?x a cq:Quotation ; schema:text ?old }
