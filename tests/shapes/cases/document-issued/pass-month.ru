# Only the month is known.
DELETE { ?x dcterms:issued ?old } INSERT { ?x dcterms:issued "2023-05"^^xsd:gYearMonth } WHERE { ?x a cq:Document ; dcterms:issued ?old }
