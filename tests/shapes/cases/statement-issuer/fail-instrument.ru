# A treaty that speaks.
DELETE { ?x cq:issuer ?old . ?f rdf:object ?old . ?a prov:agent ?old } INSERT { ?x cq:issuer ?b . ?f rdf:object ?b . ?a prov:agent ?b } WHERE { ?x cq:issuer ?old ; cq:cites ?b ; prov:qualifiedAttribution ?a . ?f rdf:subject ?x ; rdf:predicate cq:issuer }
