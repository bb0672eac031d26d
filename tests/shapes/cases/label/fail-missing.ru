# A person without a label.
DELETE { ?x rdfs:label ?old } WHERE { ?x a foaf:Person ; rdfs:label ?old }
