# A name that stands in another sentence than the one shown.
DELETE { ?f cq:mention ?m } INSERT { ?f cq:mention ?other } WHERE { ?f rdf:predicate cq:agent ; cq:mention ?m . ?g rdf:predicate cq:addressee ; cq:mention ?other }
