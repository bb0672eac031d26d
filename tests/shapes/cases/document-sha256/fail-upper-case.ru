# A hash in capitals.
DELETE { ?x cq:sha256 ?one } INSERT { ?x cq:sha256 ?two } WHERE { ?x cq:sha256 ?one BIND (CONCAT(SUBSTR(?one, 1, 32), "ABCDEF") AS ?two) }
