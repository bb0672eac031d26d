# A statement that judges nothing.
DELETE { ?x cq:characterization ?e . ?e ?p ?o } WHERE { ?x cq:characterization ?e . ?e ?p ?o }
