# A judgement of nothing.
DELETE { ?x cq:characterizes ?old } WHERE { ?x a cq:Characterization ; cq:characterizes ?old }
