# A headline without a language tag.
DELETE { ?x dcterms:title ?old } INSERT { ?x dcterms:title "A headline" } WHERE { ?x a cq:Document ; dcterms:title ?old }
