# An addressee of which nothing is said.
DELETE { ?x cq:addressee ?old . ?f rdf:object ?old } INSERT { ?x cq:addressee <org/unknown> . ?f rdf:object <org/unknown> } WHERE { ?x a cq:Demand ; cq:addressee ?old . ?f rdf:subject ?x ; rdf:predicate cq:addressee ; rdf:object ?old }
