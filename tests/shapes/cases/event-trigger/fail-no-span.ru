# A word that is no span.
INSERT { ?x cq:trigger <doc/d> } WHERE { ?x a cq:ReportedEvent }
