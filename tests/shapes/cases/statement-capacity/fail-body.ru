# A body given as an office.
DELETE { ?x cq:capacity ?c . ?a cq:capacity ?c . ?f rdf:object ?c } INSERT { ?x cq:capacity ?b . ?f rdf:object ?b } WHERE { ?x a cq:Statement ; cq:capacity ?c ; cq:onBehalfOf ?b ; prov:qualifiedAttribution ?a . ?f rdf:predicate cq:capacity }
