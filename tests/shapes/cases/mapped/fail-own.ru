# A property under one of ours only.
DELETE { cq:action rdfs:subPropertyOf ?published } INSERT { cq:action rdfs:subPropertyOf cq:reason } WHERE { cq:action rdfs:subPropertyOf ?published }
