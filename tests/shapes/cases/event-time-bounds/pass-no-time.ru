# No time, no bounds.
DELETE { ?x sem:hasTime ?old . ?f ?fp ?fo } WHERE { ?x a cq:ReportedEvent ; sem:hasTime ?old . ?f rdf:subject ?x ; rdf:predicate sem:hasTime ; ?fp ?fo } ;
DELETE { ?x sem:hasEarliestBeginTimeStamp ?old } WHERE { ?x a cq:ReportedEvent ; sem:hasEarliestBeginTimeStamp ?old } ;
DELETE { ?x sem:hasLatestEndTimeStamp ?old } WHERE { ?x a cq:ReportedEvent ; sem:hasLatestEndTimeStamp ?old }
