# A further class.
INSERT DATA { cq:New a owl:Class ; rdfs:isDefinedBy <https://w3id.org/communique/ns> ; rdfs:label "new"@en ; rdfs:comment "A term made up for this case."@en ; rdfs:subClassOf prov:Entity }
