# Two earliest days.
INSERT { ?x sem:hasEarliestBeginTimeStamp "2023-05-02"^^xsd:date } WHERE { ?x a cq:ReportedEvent }
