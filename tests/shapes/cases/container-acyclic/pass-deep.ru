# Three levels.
INSERT DATA { <place/quay> a schema:Place ; rdfs:label "Tissa Quay"@en ; schema:containedInPlace <place/lower-tissa> }
