# An event that ends before it begins.
DELETE { ?x sem:hasEarliestBeginTimeStamp ?old } INSERT { ?x sem:hasEarliestBeginTimeStamp "2023-05-04"^^xsd:date } WHERE { ?x a cq:ReportedEvent ; sem:hasEarliestBeginTimeStamp ?old }
