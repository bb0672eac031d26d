# A confidence in words.
DELETE { ?x cq:confidence ?old } INSERT { ?x cq:confidence "high" } WHERE { ?x a cq:ReportedEvent ; cq:confidence ?old }
