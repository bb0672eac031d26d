# No date of publication.
DELETE { ?x schema:datePublished ?old } WHERE { ?x a cq:Document ; schema:datePublished ?old }
