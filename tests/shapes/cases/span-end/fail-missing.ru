# A span without an end.
DELETE { ?t nif:endIndex ?old } WHERE { ?x cq:trigger ?t . ?t nif:endIndex ?old }
