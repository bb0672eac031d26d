# The first plausible day.
DELETE { ?x sem:hasEarliestBeginTimeStamp ?old } INSERT { ?x sem:hasEarliestBeginTimeStamp "1800-01-01"^^xsd:date } WHERE { ?x a cq:ReportedEvent ; sem:hasEarliestBeginTimeStamp ?old }
