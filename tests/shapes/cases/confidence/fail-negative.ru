# A confidence below 0.
DELETE { ?x cq:confidence ?old } INSERT { ?x cq:confidence -0.1 } WHERE { ?x a cq:ReportedEvent ; cq:confidence ?old }
