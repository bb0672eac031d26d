# A person who speaks for a state.
DELETE { ?x cq:onBehalfOf ?c . ?a cq:onBehalfOf ?c . ?f rdf:object ?c } INSERT { ?x cq:onBehalfOf ?b . ?a cq:onBehalfOf ?b . ?f rdf:object ?b } WHERE { ?x a cq:Statement ; cq:onBehalfOf ?c ; prov:qualifiedAttribution ?a . ?b a cq:State . ?f rdf:predicate cq:onBehalfOf }
