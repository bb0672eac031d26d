# A person who speaks in no office.
DELETE { ?x cq:capacity ?c . ?a cq:capacity ?c . ?f ?fp ?fo } WHERE { ?x a cq:Statement ; cq:capacity ?c ; prov:qualifiedAttribution ?a . ?f rdf:predicate cq:capacity ; ?fp ?fo }
