# A body in a register.
INSERT DATA { <org/un> owl:sameAs <https://example.org/register/un> }
