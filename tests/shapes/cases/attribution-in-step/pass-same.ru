# The attribution repeats the statement's issuer, office and body.
INSERT { ?a rdfs:label "attribution"@en } WHERE { ?a a prov:Attribution }
