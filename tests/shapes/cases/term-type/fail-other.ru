# A term of another type.
INSERT DATA { cq:stray a owl:NamedIndividual ; rdfs:isDefinedBy <https://w3id.org/communique/ns> ; rdfs:label "new"@en ; rdfs:comment "A term made up for this case."@en }
