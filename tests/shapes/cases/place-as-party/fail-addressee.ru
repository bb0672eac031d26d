# A town that is asked to act.
DELETE { ?x cq:addressee ?old . ?f rdf:object ?old } INSERT { ?x cq:addressee ?s . ?f rdf:object ?s } WHERE { ?s a schema:Place ; rdfs:label "Lower Tissa"@en . ?x a cq:Demand ; cq:addressee ?old . ?f rdf:subject ?x ; rdf:predicate cq:addressee ; rdf:object ?old }
