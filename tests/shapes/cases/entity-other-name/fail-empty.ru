# An empty name.
INSERT { ?x skos:altLabel ""@en } WHERE { ?x rdfs:label "United Nations"@en }
