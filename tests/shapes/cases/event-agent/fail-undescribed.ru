# An agent of which nothing is said.
DELETE { ?x cq:agent ?old . ?f rdf:object ?old } INSERT { ?x cq:agent <org/unknown> . ?f rdf:object <org/unknown> } WHERE { ?x a cq:ReportedEvent ; cq:agent ?old . ?f rdf:subject ?x ; rdf:predicate cq:agent ; rdf:object ?old }
