# A body that speaks for itself.
DELETE { ?x cq:issuer ?old ; cq:capacity ?c . ?f rdf:object ?old . ?g ?gp ?go . ?a prov:agent ?old ; cq:capacity ?c } INSERT { ?x cq:issuer ?b . ?f rdf:object ?b . ?a prov:agent ?b } WHERE { ?x cq:issuer ?old ; cq:capacity ?c ; cq:onBehalfOf ?b ; prov:qualifiedAttribution ?a . ?f rdf:subject ?x ; rdf:predicate cq:issuer . ?g rdf:predicate cq:capacity ; ?gp ?go }
