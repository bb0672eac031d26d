# A date after 2100.
DELETE { ?x dcterms:issued ?old } INSERT { ?x dcterms:issued "2101-01-01"^^xsd:date } WHERE { ?x a cq:Document ; dcterms:issued ?old }
