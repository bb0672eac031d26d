# Nobody is known to have issued the statement.
DELETE { ?x cq:issuer ?i ; prov:qualifiedAttribution ?a . ?a ?ap ?ao . ?f ?fp ?fo } WHERE { ?x cq:issuer ?i ; prov:qualifiedAttribution ?a . ?a ?ap ?ao . ?f rdf:predicate cq:issuer ; ?fp ?fo }
