# Any words of the document.
DELETE { ?x schema:text ?old } INSERT { ?x schema:text "broken roofs"@en } WHERE { ?x a cq:Quotation ; schema:text ?old }
