# A span without a beginning.
DELETE { ?t nif:beginIndex ?old } WHERE { ?x cq:trigger ?t . ?t nif:beginIndex ?old }
