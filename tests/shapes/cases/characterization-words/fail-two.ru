# A judgement in two wordings.
INSERT { ?x cq:characterizedAs "a plain breach"@en } WHERE { ?x a cq:Characterization }
