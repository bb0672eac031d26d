# A quotation that stands in no statement.
DELETE { ?x cq:quotation ?old } WHERE { ?x a cq:Statement ; cq:quotation ?old }
