# The text begins at 0.
INSERT { ?c rdfs:label "text"@en } WHERE { ?c a nif:Context }
