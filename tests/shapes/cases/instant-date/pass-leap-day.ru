# A leap day.
DELETE { ?x time:inXSDDate ?old } INSERT { ?x time:inXSDDate "2024-02-29"^^xsd:date } WHERE { ?x a time:Instant ; time:inXSDDate ?old }
