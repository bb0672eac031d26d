# A demand in other words.
DELETE { ?x cq:action ?old } INSERT { ?x cq:action "dispatch monitors"@en } WHERE { ?x a cq:Demand ; cq:action ?old }
