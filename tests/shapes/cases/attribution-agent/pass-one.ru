# One agent.
INSERT { ?a rdfs:label "attribution"@en } WHERE { ?a a prov:Attribution }
