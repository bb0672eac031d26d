# Two nodes that share a type.
INSERT DATA { <person/b-dorn> a schema:Person }
