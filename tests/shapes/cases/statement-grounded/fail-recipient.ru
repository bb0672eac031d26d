# The edge recipient without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:recipient ; ?p ?o }
