# A person cited as a treaty.
DELETE { ?x cq:cites ?old . ?f rdf:object ?old } INSERT { ?x cq:cites ?b . ?f rdf:object ?b } WHERE { ?x cq:cites ?old ; cq:issuer ?b . ?f rdf:subject ?x ; rdf:predicate cq:cites }
