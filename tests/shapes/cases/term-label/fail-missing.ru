# A term without a label.
DELETE WHERE { cq:Fact rdfs:label ?l }
