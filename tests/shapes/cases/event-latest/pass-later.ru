# An event of several days.
DELETE { ?x sem:hasLatestEndTimeStamp ?old } INSERT { ?x sem:hasLatestEndTimeStamp "2023-05-09"^^xsd:date } WHERE { ?x a cq:ReportedEvent ; sem:hasLatestEndTimeStamp ?old }
