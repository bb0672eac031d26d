# An attribution without office and body.
DELETE { ?a cq:capacity ?c ; cq:onBehalfOf ?b } WHERE { ?a a prov:Attribution ; cq:capacity ?c ; cq:onBehalfOf ?b }
