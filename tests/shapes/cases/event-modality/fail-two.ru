# An event asserted and denied by one statement.
INSERT { ?x cq:modality cq:denied } WHERE { ?x a cq:ReportedEvent }
