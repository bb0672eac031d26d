# A date before 1800.
DELETE { ?x dcterms:issued ?old } INSERT { ?x dcterms:issued "1799-12-31"^^xsd:date } WHERE { ?x a cq:Document ; dcterms:issued ?old }
