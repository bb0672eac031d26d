# Two texts as example.
INSERT DATA { kind:protest skos:example "Another."@en }
