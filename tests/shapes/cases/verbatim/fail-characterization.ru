# A judgement in other words.
DELETE { ?x cq:characterizedAs ?old } INSERT { ?x cq:characterizedAs "a war crime"@en } WHERE { ?x a cq:Characterization ; cq:characterizedAs ?old }
