# A concept without a label.
DELETE WHERE { kind:protest skos:prefLabel ?l }
