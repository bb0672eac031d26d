# Two latest days.
INSERT { ?x sem:hasLatestEndTimeStamp "2023-05-09"^^xsd:date } WHERE { ?x a cq:ReportedEvent }
