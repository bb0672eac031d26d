# An event's agent without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:agent ; ?p ?o }
