# A property that no ontology defines.
INSERT DATA { cq:stray a owl:ObjectProperty ; rdfs:domain cq:Fact ; rdfs:range cq:Fact }
