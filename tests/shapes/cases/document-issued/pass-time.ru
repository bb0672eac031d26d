# A time with its zone.
DELETE { ?x dcterms:issued ?old } INSERT { ?x dcterms:issued "2023-05-04T17:33:00+04:00"^^xsd:dateTime } WHERE { ?x a cq:Document ; dcterms:issued ?old }
