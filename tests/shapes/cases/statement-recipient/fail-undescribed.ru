# A recipient of which nothing is said.
DELETE { ?x cq:recipient ?old . ?f rdf:object ?old } INSERT { ?x cq:recipient <org/unknown> . ?f rdf:object <org/unknown> } WHERE { ?x a cq:Statement ; cq:recipient ?old . ?f rdf:subject ?x ; rdf:predicate cq:recipient ; rdf:object ?old }
