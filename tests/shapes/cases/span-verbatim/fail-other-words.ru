# A span that claims words the text does not have.
DELETE { ?t nif:anchorOf ?old } INSERT { ?t nif:anchorOf "bombed" } WHERE { ?x cq:trigger ?t . ?t nif:anchorOf ?old }
