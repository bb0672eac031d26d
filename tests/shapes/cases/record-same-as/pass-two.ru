# Two registers.
INSERT DATA { <org/un> owl:sameAs <https://example.org/another/un> }
