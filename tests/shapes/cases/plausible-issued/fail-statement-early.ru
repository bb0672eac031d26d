# A date before 1800.
DELETE { ?x dcterms:issued ?old } INSERT { ?x dcterms:issued "0023-05-04"^^xsd:date } WHERE { ?x a cq:Statement ; dcterms:issued ?old }
