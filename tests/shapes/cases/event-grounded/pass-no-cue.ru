# Facts of an event need no cue.
DELETE { ?f cq:mention ?c } WHERE { ?f rdf:predicate cq:patient ; cq:mention ?c }
