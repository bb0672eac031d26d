# An attribution to nobody.
# also: statement-issuer-attributed
DELETE { ?a prov:agent ?p } WHERE { ?a prov:agent ?p }
