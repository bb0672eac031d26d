# A time without bounds to search by.
DELETE { ?x sem:hasLatestEndTimeStamp ?old } WHERE { ?x a cq:ReportedEvent ; sem:hasLatestEndTimeStamp ?old }
