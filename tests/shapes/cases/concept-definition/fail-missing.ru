# A concept without a definition.
DELETE WHERE { kind:protest skos:definition ?t }
