# A judgement without a language tag.
DELETE { ?x cq:characterizedAs ?old } INSERT { ?x cq:characterizedAs "a plain breach" } WHERE { ?x a cq:Characterization ; cq:characterizedAs ?old }
