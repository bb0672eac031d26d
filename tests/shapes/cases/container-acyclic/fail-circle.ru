# A place in itself.
INSERT DATA { <place/varenia> schema:containedInPlace <place/lower-tissa> }
