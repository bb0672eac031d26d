# A document without a headline.
DELETE { ?x dcterms:title ?old } WHERE { ?x a cq:Document ; dcterms:title ?old }
