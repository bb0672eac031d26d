# An entity without a canonical node.
INSERT DATA { <person/c> a foaf:Person }
