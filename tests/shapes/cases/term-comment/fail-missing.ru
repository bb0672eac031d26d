# A term that nobody explains.
DELETE WHERE { cq:Fact rdfs:comment ?l }
