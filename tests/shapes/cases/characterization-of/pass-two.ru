# A judgement of two events.
INSERT { ?v cq:characterizes <event/second> . <event/second> ?p ?o . ?s cq:reports <event/second> } WHERE { ?v cq:characterizes ?e . ?e ?p ?o . ?s cq:reports ?e FILTER (?p IN (rdf:type, rdfs:label, cq:reportedBy, sem:eventType, cq:modality, cq:trigger, cq:evidence)) }
