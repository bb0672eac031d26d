# A class under nothing.
DELETE WHERE { cq:Fact rdfs:subClassOf ?c }
