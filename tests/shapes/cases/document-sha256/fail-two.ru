# Two hashes.
INSERT { ?x cq:sha256 ?two } WHERE { ?x cq:sha256 ?one BIND (CONCAT(SUBSTR(?one, 1, 32), "00000000000000000000000000000000") AS ?two) }
