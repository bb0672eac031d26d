# A fact that shows no words grounds nothing.
# also: evidence fact-words
DELETE { ?f cq:evidence ?o } WHERE { ?f rdf:predicate cq:agent ; cq:evidence ?o }
