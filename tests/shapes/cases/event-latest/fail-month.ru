# A latest day that is a month.
# also: event-earliest
DELETE { ?x sem:hasLatestEndTimeStamp ?old } INSERT { ?x sem:hasLatestEndTimeStamp "2023-05"^^xsd:gYearMonth } WHERE { ?x a cq:ReportedEvent ; sem:hasLatestEndTimeStamp ?old }
