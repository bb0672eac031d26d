# The first and the last plausible year.
DELETE { ?x dcterms:issued ?old } INSERT { ?x dcterms:issued "1800"^^xsd:gYear } WHERE { ?x a cq:Document ; dcterms:issued ?old }
