# An instant that is a year.
DELETE { ?x time:inXSDDate ?old } INSERT { ?x time:inXSDDate "2023"^^xsd:gYear } WHERE { ?x a time:Instant ; time:inXSDDate ?old }
