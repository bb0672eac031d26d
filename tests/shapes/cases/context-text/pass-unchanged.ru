# The text may be described further.
INSERT { ?c dcterms:language "en" } WHERE { ?c a nif:Context }
