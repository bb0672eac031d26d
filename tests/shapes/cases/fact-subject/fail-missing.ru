# A fact about nothing.
# also: statement-grounded
DELETE { ?f rdf:subject ?s } WHERE { ?f rdf:predicate cq:recipient ; rdf:subject ?s }
