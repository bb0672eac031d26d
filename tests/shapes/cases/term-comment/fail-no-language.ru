# A comment without a language tag.
DELETE WHERE { cq:Fact rdfs:comment ?l } ;
INSERT DATA { cq:Fact rdfs:comment "An edge with its words." }
