# A patient of which nothing is said.
DELETE { ?x cq:patient ?old . ?f rdf:object ?old } INSERT { ?x cq:patient <group/unknown> . ?f rdf:object <group/unknown> } WHERE { ?x a cq:ReportedEvent ; cq:patient ?old . ?f rdf:subject ?x ; rdf:predicate cq:patient ; rdf:object ?old }
