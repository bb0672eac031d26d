# For nobody.
DELETE { ?a cq:onBehalfOf ?c } WHERE { ?a a prov:Attribution ; cq:onBehalfOf ?c }
