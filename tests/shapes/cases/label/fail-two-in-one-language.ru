# Two English labels of one statement.
INSERT { ?x rdfs:label "Another"@en } WHERE { ?x a cq:Statement }
