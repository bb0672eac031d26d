# A top concept of a scheme that it is not in.
DELETE WHERE { kind:protest skos:inScheme ?s }
