# An addressee without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:addressee ; ?p ?o }
