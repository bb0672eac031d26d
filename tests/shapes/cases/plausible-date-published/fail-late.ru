# A date after 2100.
DELETE { ?x schema:datePublished ?old } INSERT { ?x schema:datePublished "3023-05-04"^^xsd:date } WHERE { ?x a cq:Document ; schema:datePublished ?old }
