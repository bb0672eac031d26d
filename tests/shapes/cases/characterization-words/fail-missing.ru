# A judgement without words.
DELETE { ?x cq:characterizedAs ?old } WHERE { ?x a cq:Characterization ; cq:characterizedAs ?old }
