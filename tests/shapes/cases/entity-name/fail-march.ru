# 'March' is no name.
DELETE { ?x rdfs:label ?old } INSERT { ?x rdfs:label "March"@en } WHERE { ?x a schema:Country ; rdfs:label ?old }
