# An empty action.
DELETE { ?x cq:action ?old } INSERT { ?x cq:action ""@en } WHERE { ?x a cq:Demand ; cq:action ?old }
