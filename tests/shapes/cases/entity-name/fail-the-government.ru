# 'the Government' is no name.
DELETE { ?x rdfs:label ?old } INSERT { ?x rdfs:label "the Government"@en } WHERE { ?x a org:Organization ; skos:altLabel "UN"@en ; rdfs:label ?old }
