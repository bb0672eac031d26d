# A canonical node is its own.
INSERT DATA { <person/c> a foaf:Person ; cq:canonical <person/c> ; rdfs:label "C"@en }
