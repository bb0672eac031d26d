# Certain, as far as the reading goes.
DELETE { ?x cq:confidence ?old } INSERT { ?x cq:confidence 1.0 } WHERE { ?x a cq:ReportedEvent ; cq:confidence ?old }
