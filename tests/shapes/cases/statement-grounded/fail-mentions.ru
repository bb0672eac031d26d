# The edge mentions without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:mentions ; ?p ?o }
