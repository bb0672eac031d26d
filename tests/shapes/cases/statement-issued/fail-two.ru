# Two dates.
INSERT { ?x dcterms:issued "2023-05-05"^^xsd:date } WHERE { ?x a cq:Statement }
