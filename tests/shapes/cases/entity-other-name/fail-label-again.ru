# The label once more.
INSERT { ?x skos:altLabel "United Nations"@en } WHERE { ?x rdfs:label "United Nations"@en }
