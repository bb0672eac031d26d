# A range that is a datatype.
INSERT DATA { cq:new a owl:DatatypeProperty ; rdfs:subPropertyOf dcterms:relation ; rdfs:isDefinedBy <https://w3id.org/communique/ns> ; rdfs:label "new"@en ; rdfs:comment "A term made up for this case."@en ; rdfs:domain cq:Fact ; rdfs:range xsd:string }
