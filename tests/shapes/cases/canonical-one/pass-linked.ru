# A third person, linked.
INSERT DATA { <person/c> a foaf:Person ; cq:canonical <person/a-ilva-dorn> }
