# Two mentions of one recipient.
INSERT { ?f cq:mention ?m } WHERE { ?f rdf:predicate cq:recipient . ?g rdf:predicate cq:issuer ; cq:mention ?m }
