# An ontology without a version.
DELETE WHERE { <https://w3id.org/communique/ns> owl:versionIRI ?v }
