# A cue that stands in another sentence than the one shown.
INSERT { ?f cq:cue ?other } WHERE { ?f rdf:predicate cq:agent . ?g rdf:predicate cq:addressee ; cq:cue ?other }
