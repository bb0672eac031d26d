# A hash that is not the name's.
DELETE { ?x cq:sha256 ?old } INSERT { ?x cq:sha256 "0000000000000000000000000000000000000000000000000000000000000000" } WHERE { ?x a cq:Document ; cq:sha256 ?old }
