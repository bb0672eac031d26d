# An ontology of two versions.
INSERT DATA { <https://w3id.org/communique/ns> owl:versionIRI <https://w3id.org/communique/ns/0.2.0> }
