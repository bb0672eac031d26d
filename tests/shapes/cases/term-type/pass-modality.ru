# A further individual.
INSERT DATA { cq:recalled a cq:Modality ; rdfs:isDefinedBy <https://w3id.org/communique/ns> ; rdfs:label "new"@en ; rdfs:comment "A term made up for this case."@en }
