# A shorter verbatim judgement.
DELETE { ?x cq:characterizedAs ?old } INSERT { ?x cq:characterizedAs "a plain breach"@en } WHERE { ?x a cq:Characterization ; cq:characterizedAs ?old }
