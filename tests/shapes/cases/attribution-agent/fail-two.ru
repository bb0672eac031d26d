# An attribution to two.
# also: attribution-in-step
INSERT { ?a prov:agent ?b } WHERE { ?a a prov:Attribution ; cq:onBehalfOf ?b }
