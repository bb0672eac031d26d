# An event's time without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate sem:hasTime ; ?p ?o }
