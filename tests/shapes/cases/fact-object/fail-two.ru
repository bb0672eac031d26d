# A fact with two objects.
# also: fact-edge
INSERT { ?f rdf:object ?e } WHERE { ?f rdf:predicate cq:recipient . ?e a foaf:Person }
