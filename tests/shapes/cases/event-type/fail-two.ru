# An event of two types.
INSERT { ?x sem:eventType etype:coerce } WHERE { ?x a cq:ReportedEvent }
