# A span without its words.
DELETE { ?t nif:anchorOf ?old } WHERE { ?x cq:trigger ?t . ?t nif:anchorOf ?old }
