# Two texts as scope note.
INSERT DATA { kind:protest skos:scopeNote "Another."@en }
