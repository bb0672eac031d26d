# A language with its region.
DELETE { ?x dcterms:language ?old } INSERT { ?x dcterms:language "en-GB" } WHERE { ?x a cq:Document ; dcterms:language ?old }
