# Evidence that is no span.
INSERT { ?x cq:evidence ?d } WHERE { ?x a cq:ReportedEvent . ?d a cq:Document }
