# A canonical node without a label.
DELETE WHERE { <org/un> rdfs:label ?l }
