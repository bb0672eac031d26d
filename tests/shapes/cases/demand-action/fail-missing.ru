# A demand for nothing.
DELETE { ?x cq:action ?old } WHERE { ?x a cq:Demand ; cq:action ?old }
