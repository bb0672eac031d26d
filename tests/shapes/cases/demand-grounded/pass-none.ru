# No addressee, nothing to ground.
DELETE { ?x cq:addressee ?old . ?f ?fp ?fo } WHERE { ?x a cq:Demand ; cq:addressee ?old . ?f rdf:subject ?x ; rdf:predicate cq:addressee ; ?fp ?fo }
