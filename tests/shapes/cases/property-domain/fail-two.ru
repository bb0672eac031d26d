# A property with two domains.
INSERT DATA { cq:score rdfs:domain cq:Fact }
