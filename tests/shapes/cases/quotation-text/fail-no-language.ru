# A quotation without a language tag.
DELETE { ?x schema:text ?old } INSERT { ?x schema:text "nine broken roofs" } WHERE { ?x a cq:Quotation ; schema:text ?old }
