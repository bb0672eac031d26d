# A demand on nobody in particular.
DELETE { ?x cq:addressee ?old . ?f ?fp ?fo } WHERE { ?x a cq:Demand ; cq:addressee ?old . ?f rdf:subject ?x ; rdf:predicate cq:addressee ; ?fp ?fo }
