# A demand for two things.
INSERT { ?x cq:action "send observers"@en } WHERE { ?x a cq:Demand }
