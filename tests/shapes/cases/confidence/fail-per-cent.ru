# A confidence given as a percentage.
DELETE { ?x cq:confidence ?old } INSERT { ?x cq:confidence 60.0 } WHERE { ?x a cq:ReportedEvent ; cq:confidence ?old }
