# The name is all the evidence there is.
DELETE { ?f cq:evidence ?e } INSERT { ?f cq:evidence ?m } WHERE { ?f rdf:predicate cq:agent ; cq:mention ?m ; cq:evidence ?e }
