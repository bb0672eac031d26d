# A label without a language tag.
DELETE WHERE { cq:Fact rdfs:label ?l } ;
INSERT DATA { cq:Fact rdfs:label "fact" }
