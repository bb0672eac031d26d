# A property under one of ours and a published one.
INSERT DATA { cq:action rdfs:subPropertyOf cq:reason }
