# The edge issuer without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:issuer ; ?p ?o }
