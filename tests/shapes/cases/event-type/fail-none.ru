# An event without a type.
DELETE { ?x sem:eventType ?old } WHERE { ?x a cq:ReportedEvent ; sem:eventType ?old }
