# A fact without a relation.
# also: statement-grounded
DELETE { ?f rdf:predicate ?p } WHERE { ?f rdf:predicate ?p FILTER (?p = cq:recipient) }
