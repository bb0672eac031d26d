# Nobody knows where the document came from.
DELETE { ?x dcterms:source ?old } WHERE { ?x a cq:Document ; dcterms:source ?old }
