# A day after 2100.
DELETE { ?x sem:hasLatestEndTimeStamp ?old } INSERT { ?x sem:hasLatestEndTimeStamp "2203-05-03"^^xsd:date } WHERE { ?x a cq:ReportedEvent ; sem:hasLatestEndTimeStamp ?old }
