# A demand that one statement makes.
INSERT { ?x rdfs:comment "made"@en } WHERE { ?x a cq:Demand }
