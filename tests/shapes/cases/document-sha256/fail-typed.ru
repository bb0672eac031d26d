# A hash that is no plain string.
DELETE { ?x cq:sha256 ?one } INSERT { ?x cq:sha256 ?two } WHERE { ?x cq:sha256 ?one BIND (STRDT(?one, xsd:token) AS ?two) }
