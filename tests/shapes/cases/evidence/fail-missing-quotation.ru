# A quotation that shows no words.
DELETE { ?x cq:evidence ?old } WHERE { ?x a cq:Quotation ; cq:evidence ?old }
