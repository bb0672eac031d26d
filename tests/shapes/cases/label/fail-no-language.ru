# A label without a language tag.
DELETE { ?x rdfs:label ?old } INSERT { ?x rdfs:label "Ilva Dorn" } WHERE { ?x a foaf:Person ; rdfs:label ?old }
