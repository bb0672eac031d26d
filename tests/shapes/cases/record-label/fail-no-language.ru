# A label without a language tag.
DELETE WHERE { <org/un> rdfs:label ?l } ;
INSERT DATA { <org/un> rdfs:label "United Nations" }
