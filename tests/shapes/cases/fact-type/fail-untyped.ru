# A fact that tools without our ontology do not see.
DELETE { ?f a rdf:Statement } WHERE { ?f a rdf:Statement ; rdf:predicate cq:recipient }
