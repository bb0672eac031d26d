# A cue in words.
INSERT { ?f cq:cue "sent to" } WHERE { ?f rdf:predicate cq:recipient }
