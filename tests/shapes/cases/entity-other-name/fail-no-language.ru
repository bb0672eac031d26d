# A name without a language tag.
INSERT { ?x skos:altLabel "U.N." } WHERE { ?x rdfs:label "United Nations"@en }
