# A larger place by name.
INSERT DATA { <place/lower-tissa> schema:containedInPlace "Varenia" }
