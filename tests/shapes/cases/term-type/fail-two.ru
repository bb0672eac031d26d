# A class that is a property.
INSERT DATA { cq:Fact a rdfs:Datatype }
