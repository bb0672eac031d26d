# A key that is no IRI.
INSERT DATA { <org/un> owl:sameAs "Q0" }
