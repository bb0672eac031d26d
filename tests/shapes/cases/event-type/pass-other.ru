# An event that no type fits.
DELETE { ?x sem:eventType ?old } INSERT { ?x sem:eventType etype:other } WHERE { ?x a cq:ReportedEvent ; sem:eventType ?old }
