# A relation in words.
# also: fact-edge
INSERT { ?f rdf:predicate "recipient" } WHERE { ?f rdf:predicate cq:recipient }
