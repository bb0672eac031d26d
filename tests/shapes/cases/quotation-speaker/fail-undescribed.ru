# A speaker of whom nothing is said.
DELETE { ?x cq:speaker ?old . ?f rdf:object ?old } INSERT { ?x cq:speaker <person/unknown> . ?f rdf:object <person/unknown> } WHERE { ?x a cq:Quotation ; cq:speaker ?old . ?f rdf:subject ?x ; rdf:predicate cq:speaker ; rdf:object ?old }
