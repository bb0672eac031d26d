# A concept without a example.
DELETE WHERE { kind:protest skos:example ?t }
