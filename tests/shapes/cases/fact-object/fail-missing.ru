# A fact without an object.
# also: statement-grounded
DELETE { ?f rdf:object ?s } WHERE { ?f rdf:predicate cq:recipient ; rdf:object ?s }
