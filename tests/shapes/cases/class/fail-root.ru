# A class under nothing.
# also: mapped
DELETE WHERE { cq:Fact rdfs:subClassOf ?c }
