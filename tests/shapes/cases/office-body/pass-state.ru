# An office of a state.
DELETE { ?o org:postIn ?b } INSERT { ?o org:postIn ?s } WHERE { ?o org:postIn ?b ; rdfs:label "Ombudsman of Varenia"@en . ?s a cq:State }
