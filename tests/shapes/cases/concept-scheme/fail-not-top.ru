# A concept that is not at the top.
DELETE WHERE { kind:protest skos:topConceptOf ?s }
