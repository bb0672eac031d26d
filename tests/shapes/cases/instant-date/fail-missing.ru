# An instant without a date.
DELETE { ?x time:inXSDDate ?old } WHERE { ?x a time:Instant ; time:inXSDDate ?old }
