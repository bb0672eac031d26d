# An instant before 1800.
DELETE { ?x time:inXSDDate ?old } INSERT { ?x time:inXSDDate "0203-05-03"^^xsd:date } WHERE { ?x a time:Instant ; time:inXSDDate ?old }
