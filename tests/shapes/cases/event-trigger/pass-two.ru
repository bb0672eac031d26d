# An event that the text mentions twice.
INSERT { ?e cq:trigger ?s } WHERE { ?e a cq:ReportedEvent . ?f rdf:object kind:protest ; cq:cue ?s }
