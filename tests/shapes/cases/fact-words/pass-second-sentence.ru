# A name that stands in the second of the sentences shown.
DELETE { ?f cq:mention ?m } INSERT { ?f cq:mention ?other ; cq:evidence ?e } WHERE { ?f rdf:predicate cq:agent ; cq:mention ?m . ?g rdf:predicate cq:addressee ; cq:mention ?other ; cq:evidence ?e }
