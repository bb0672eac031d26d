# A statement sent to nobody.
DELETE { ?x cq:recipient ?old . ?f ?fp ?fo } WHERE { ?x a cq:Statement ; cq:recipient ?old . ?f rdf:subject ?x ; rdf:predicate cq:recipient ; ?fp ?fo }
