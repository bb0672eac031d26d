# A version that is no IRI.
DELETE WHERE { <https://w3id.org/communique/ns> owl:versionIRI ?v } ;
INSERT DATA { <https://w3id.org/communique/ns> owl:versionIRI "0.1.0" }
