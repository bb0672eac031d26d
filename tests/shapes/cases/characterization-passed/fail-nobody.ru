# A judgement that nobody passes.
DELETE { ?x cq:characterization ?old } WHERE { ?x a cq:Statement ; cq:characterization ?old }
