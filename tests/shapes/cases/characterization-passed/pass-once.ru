# A judgement that one statement passes.
INSERT { ?x rdfs:comment "judgement"@en } WHERE { ?x a cq:Characterization }
