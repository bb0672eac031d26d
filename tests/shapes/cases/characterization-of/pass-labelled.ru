# A judgement of one event.
INSERT { ?x rdfs:comment "judgement"@en } WHERE { ?x a cq:Characterization }
