# An empty judgement.
DELETE { ?x cq:characterizedAs ?old } INSERT { ?x cq:characterizedAs ""@en } WHERE { ?x a cq:Characterization ; cq:characterizedAs ?old }
