# For a treaty.
# also: attribution-in-step
INSERT { ?a cq:onBehalfOf ?b } WHERE { ?a a prov:Attribution . ?b a cq:Instrument }
