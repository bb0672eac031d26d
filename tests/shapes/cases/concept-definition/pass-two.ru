# Two texts as definition.
INSERT DATA { kind:protest skos:definition "Another."@en }
