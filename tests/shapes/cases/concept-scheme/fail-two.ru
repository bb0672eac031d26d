# A concept in two schemes.
INSERT DATA { kind:protest skos:inScheme <https://w3id.org/communique/event-type/> ; skos:topConceptOf <https://w3id.org/communique/event-type/> }
