# The edge kind without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:kind ; ?p ?o }
