# An empty label.
DELETE { ?x rdfs:label ?old } INSERT { ?x rdfs:label ""@en } WHERE { ?x a cq:Instrument ; rdfs:label ?old }
