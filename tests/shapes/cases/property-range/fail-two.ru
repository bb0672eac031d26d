# A property with two ranges.
INSERT DATA { cq:score rdfs:range xsd:double }
