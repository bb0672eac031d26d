# 'He' is no name.
DELETE { ?x rdfs:label ?old } INSERT { ?x rdfs:label "He"@en } WHERE { ?x a foaf:Person ; rdfs:label ?old }
