# A candidate.
DELETE { ?f cq:confidence ?c } INSERT { ?f cq:confidence 0.05 } WHERE { ?f rdf:predicate cq:recipient ; cq:confidence ?c }
