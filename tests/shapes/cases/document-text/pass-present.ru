# The text is there under its own name.
INSERT { ?t rdfs:comment "the text" } WHERE { ?t a nif:Context }
