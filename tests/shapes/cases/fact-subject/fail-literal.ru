# A fact about a word.
# also: fact-edge
INSERT { ?f rdf:subject "statement" } WHERE { ?f rdf:predicate cq:recipient }
