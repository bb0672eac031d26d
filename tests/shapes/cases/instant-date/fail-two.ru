# An instant with two dates.
INSERT { ?x time:inXSDDate "2023-05-05"^^xsd:date } WHERE { ?x a time:Instant }
