# An event's place without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate sem:hasPlace ; ?p ?o }
