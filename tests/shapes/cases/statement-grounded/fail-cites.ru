# The edge cites without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:cites ; ?p ?o }
