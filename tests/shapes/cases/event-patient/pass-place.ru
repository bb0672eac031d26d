# A place as patient.
DELETE { ?x cq:patient ?old . ?f rdf:object ?old } INSERT { ?x cq:patient ?b . ?f rdf:object ?b } WHERE { ?x cq:patient ?old ; sem:hasPlace ?b . ?f rdf:subject ?x ; rdf:predicate cq:patient }
