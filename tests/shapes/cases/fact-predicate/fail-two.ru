# A fact with two relations.
# also: fact-edge
INSERT { ?f rdf:predicate cq:issuer } WHERE { ?f rdf:predicate cq:recipient }
