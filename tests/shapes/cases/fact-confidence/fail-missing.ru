# A fact that does not say how sure it is.
DELETE { ?f cq:confidence ?c } WHERE { ?f rdf:predicate cq:recipient ; cq:confidence ?c }
