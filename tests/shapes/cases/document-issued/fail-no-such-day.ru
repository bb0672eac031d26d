# The thirtieth of February.
DELETE { ?x dcterms:issued ?old } INSERT { ?x dcterms:issued "2023-02-30"^^xsd:date } WHERE { ?x a cq:Document ; dcterms:issued ?old }
