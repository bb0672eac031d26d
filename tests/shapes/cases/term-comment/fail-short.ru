# A comment that says nothing.
DELETE WHERE { cq:Fact rdfs:comment ?l } ;
INSERT DATA { cq:Fact rdfs:comment "A fact."@en }
