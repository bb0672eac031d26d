# A day before 1800.
DELETE { ?x sem:hasEarliestBeginTimeStamp ?old } INSERT { ?x sem:hasEarliestBeginTimeStamp "1023-05-03"^^xsd:date } WHERE { ?x a cq:ReportedEvent ; sem:hasEarliestBeginTimeStamp ?old }
