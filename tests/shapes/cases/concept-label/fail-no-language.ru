# A label without a language tag.
DELETE WHERE { kind:protest skos:prefLabel ?l } ;
INSERT DATA { kind:protest skos:prefLabel "protest" }
