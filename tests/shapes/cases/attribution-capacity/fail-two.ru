# Two offices at once.
# also: attribution-in-step
INSERT { ?a cq:capacity ?r } WHERE { ?a a prov:Attribution . ?x cq:recipient ?r }
