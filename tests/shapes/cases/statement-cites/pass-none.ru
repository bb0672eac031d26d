# A statement that cites nothing.
DELETE { ?x cq:cites ?old . ?f ?fp ?fo } WHERE { ?x a cq:Statement ; cq:cites ?old . ?f rdf:subject ?x ; rdf:predicate cq:cites ; ?fp ?fo }
