# The first plausible day.
DELETE { ?x time:inXSDDate ?old } INSERT { ?x time:inXSDDate "1800-01-01"^^xsd:date } WHERE { ?x a time:Instant ; time:inXSDDate ?old }
