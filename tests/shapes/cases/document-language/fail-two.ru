# Two languages.
INSERT { ?x dcterms:language "fr" } WHERE { ?x a cq:Document }
