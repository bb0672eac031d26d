# Two dates of publication.
INSERT { ?x schema:datePublished "2023-05-05"^^xsd:date } WHERE { ?x a cq:Document }
