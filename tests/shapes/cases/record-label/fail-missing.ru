# A record without a label.
DELETE WHERE { <org/un> rdfs:label ?l }
