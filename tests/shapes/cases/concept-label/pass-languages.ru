# A label in two languages.
INSERT DATA { kind:protest skos:prefLabel "Protest"@de }
