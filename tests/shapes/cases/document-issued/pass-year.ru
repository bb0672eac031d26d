# Only the year is known.
DELETE { ?x dcterms:issued ?old } INSERT { ?x dcterms:issued "2023"^^xsd:gYear } WHERE { ?x a cq:Document ; dcterms:issued ?old }
