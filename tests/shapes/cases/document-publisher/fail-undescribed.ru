# A publisher of which nothing is said.
DELETE { ?x dcterms:publisher ?old } INSERT { ?x dcterms:publisher <org/unknown> } WHERE { ?x a cq:Document ; dcterms:publisher ?old }
