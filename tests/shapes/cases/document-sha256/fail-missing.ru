# A document without its hash.
DELETE { ?x cq:sha256 ?old } WHERE { ?x a cq:Document ; cq:sha256 ?old }
