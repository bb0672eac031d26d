# An event with no agent.
DELETE { ?x cq:agent ?old . ?f ?fp ?fo } WHERE { ?x a cq:ReportedEvent ; cq:agent ?old . ?f rdf:subject ?x ; rdf:predicate cq:agent ; ?fp ?fo }
