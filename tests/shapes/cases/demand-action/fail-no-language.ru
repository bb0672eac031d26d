# An action without a language tag.
DELETE { ?x cq:action ?old } INSERT { ?x cq:action "send observers" } WHERE { ?x a cq:Demand ; cq:action ?old }
