# A quotation of nobody in particular.
DELETE { ?x cq:speaker ?old . ?f ?fp ?fo } WHERE { ?x a cq:Quotation ; cq:speaker ?old . ?f rdf:subject ?x ; rdf:predicate cq:speaker ; ?fp ?fo }
