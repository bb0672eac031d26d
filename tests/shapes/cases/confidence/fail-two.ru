# Two confidences of one event.
INSERT { ?x cq:confidence 0.5 } WHERE { ?x a cq:ReportedEvent }
