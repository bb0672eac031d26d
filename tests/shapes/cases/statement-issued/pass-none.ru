# A statement without a date.
DELETE { ?x dcterms:issued ?old } WHERE { ?x a cq:Statement ; dcterms:issued ?old }
