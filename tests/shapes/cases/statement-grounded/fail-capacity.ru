# The edge capacity without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:capacity ; ?p ?o }
