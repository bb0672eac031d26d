# A type of no such scheme.
DELETE { ?x sem:eventType ?old } INSERT { ?x sem:eventType etype:attack } WHERE { ?x a cq:ReportedEvent ; sem:eventType ?old }
