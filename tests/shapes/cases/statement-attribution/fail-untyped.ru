# An attribution that does not say that it is one.
DELETE { ?a a prov:Attribution } WHERE { ?a a prov:Attribution }
