# The edge onBehalfOf without the words it rests on.
DELETE { ?f ?p ?o } WHERE { ?f rdf:predicate cq:onBehalfOf ; ?p ?o }
