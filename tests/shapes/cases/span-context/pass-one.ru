# Every span of the base document has one text.
INSERT { ?c dcterms:language "en" } WHERE { ?c a nif:Context }
