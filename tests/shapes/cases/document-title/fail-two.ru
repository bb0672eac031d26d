# Two English headlines.
INSERT { ?x dcterms:title "Another headline"@en } WHERE { ?x a cq:Document }
