# A body given as an office.
# also: attribution-in-step
INSERT { ?a cq:capacity ?b } WHERE { ?a a prov:Attribution ; cq:onBehalfOf ?b }
