# An event's patient without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:patient ; ?p ?o }
