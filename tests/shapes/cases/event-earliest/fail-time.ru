# An earliest time that is no date.
DELETE { ?x sem:hasEarliestBeginTimeStamp ?old } INSERT { ?x sem:hasEarliestBeginTimeStamp "2023-05-03T00:00:00Z"^^xsd:dateTime } WHERE { ?x a cq:ReportedEvent ; sem:hasEarliestBeginTimeStamp ?old }
