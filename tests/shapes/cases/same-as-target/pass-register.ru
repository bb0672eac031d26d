# An IRI elsewhere.
INSERT DATA { <org/un> owl:sameAs <https://example.org/register/un> }
