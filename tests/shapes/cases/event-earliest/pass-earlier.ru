# An event of three days.
DELETE { ?x sem:hasEarliestBeginTimeStamp ?old } INSERT { ?x sem:hasEarliestBeginTimeStamp "2023-05-01"^^xsd:date } WHERE { ?x a cq:ReportedEvent ; sem:hasEarliestBeginTimeStamp ?old }
