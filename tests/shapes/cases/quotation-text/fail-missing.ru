# A quotation without words.
DELETE { ?x schema:text ?old } WHERE { ?x a cq:Quotation ; schema:text ?old }
