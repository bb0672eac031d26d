# A further kind.
INSERT DATA { kind:new a skos:Concept ; skos:inScheme <https://w3id.org/communique/kind/> ; skos:topConceptOf <https://w3id.org/communique/kind/> ; skos:prefLabel "new"@en ; skos:definition "New."@en ; skos:scopeNote "New."@en ; skos:example "New."@en }
