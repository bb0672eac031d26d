# A term of no type.
INSERT DATA { cq:stray rdfs:isDefinedBy <https://w3id.org/communique/ns> ; rdfs:label "new"@en ; rdfs:comment "A term made up for this case."@en }
