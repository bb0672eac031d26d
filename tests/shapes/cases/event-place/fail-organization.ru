# A body as place.
DELETE { ?x sem:hasPlace ?old . ?f rdf:object ?old } INSERT { ?x sem:hasPlace ?b . ?f rdf:object ?b } WHERE { ?x sem:hasPlace ?old ; cq:agent ?b . ?f rdf:subject ?x ; rdf:predicate sem:hasPlace }
