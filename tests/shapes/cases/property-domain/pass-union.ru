# A domain that is a union.
INSERT DATA { cq:new a owl:ObjectProperty ; rdfs:subPropertyOf dcterms:relation ; rdfs:isDefinedBy <https://w3id.org/communique/ns> ; rdfs:label "new"@en ; rdfs:comment "A term made up for this case."@en ; rdfs:range cq:Fact ; rdfs:domain [ a owl:Class ] }
