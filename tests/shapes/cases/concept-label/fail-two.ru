# Two English labels.
INSERT DATA { kind:protest skos:prefLabel "outcry"@en }
