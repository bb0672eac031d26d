# A language by name.
DELETE { ?x dcterms:language ?old } INSERT { ?x dcterms:language "English" } WHERE { ?x a cq:Document ; dcterms:language ?old }
