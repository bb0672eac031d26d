# An event without a word for it.
DELETE { ?x cq:trigger ?old } WHERE { ?x a cq:ReportedEvent ; cq:trigger ?old }
