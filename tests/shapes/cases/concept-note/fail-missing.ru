# A concept without a scope note.
DELETE WHERE { kind:protest skos:scopeNote ?t }
