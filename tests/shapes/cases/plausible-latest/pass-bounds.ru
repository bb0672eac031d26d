# The last plausible day.
DELETE { ?x sem:hasLatestEndTimeStamp ?old } INSERT { ?x sem:hasLatestEndTimeStamp "2100-12-31"^^xsd:date } WHERE { ?x a cq:ReportedEvent ; sem:hasLatestEndTimeStamp ?old }
