# A shorter verbatim action.
DELETE { ?x cq:action ?old } INSERT { ?x cq:action "send observers"@en } WHERE { ?x a cq:Demand ; cq:action ?old }
