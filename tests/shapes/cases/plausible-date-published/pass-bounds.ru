# The last plausible day.
DELETE { ?x schema:datePublished ?old } INSERT { ?x schema:datePublished "2100-12-31"^^xsd:date } WHERE { ?x a cq:Document ; schema:datePublished ?old }
