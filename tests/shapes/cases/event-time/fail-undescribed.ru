# A time of which nothing is said.
DELETE { ?x sem:hasTime ?old . ?f rdf:object ?old } INSERT { ?x sem:hasTime <time/2024> . ?f rdf:object <time/2024> } WHERE { ?x a cq:ReportedEvent ; sem:hasTime ?old . ?f rdf:subject ?x ; rdf:predicate sem:hasTime ; rdf:object ?old }
