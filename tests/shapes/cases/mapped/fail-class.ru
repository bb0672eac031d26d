# A class under one of ours only.
DELETE { cq:Demand rdfs:subClassOf ?published } INSERT { cq:Demand rdfs:subClassOf cq:Statement } WHERE { cq:Demand rdfs:subClassOf ?published }
