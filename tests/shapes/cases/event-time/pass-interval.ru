# A month as time.
DELETE { ?x sem:hasTime ?old . ?f rdf:object ?old } INSERT { ?x sem:hasTime <time/2023-05> . ?f rdf:object <time/2023-05> } WHERE { ?x a cq:ReportedEvent ; sem:hasTime ?old . ?f rdf:subject ?x ; rdf:predicate sem:hasTime ; rdf:object ?old }
