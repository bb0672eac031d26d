# A chain of canonical nodes.
INSERT DATA { <person/c> a foaf:Person ; cq:canonical <person/b-dorn> . <person/b-dorn> rdfs:label "Dorn"@en }
