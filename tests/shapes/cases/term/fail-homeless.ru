# A property that no ontology defines.
# also: mapped
INSERT DATA { cq:stray a owl:ObjectProperty ; rdfs:domain cq:Fact ; rdfs:range cq:Fact }
