# An empty quotation.
DELETE { ?x schema:text ?old } INSERT { ?x schema:text ""@en } WHERE { ?x a cq:Quotation ; schema:text ?old }
