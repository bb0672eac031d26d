# A label in each of two languages.
INSERT { ?x rdfs:label "Ilva Dorn"@fr } WHERE { ?x a foaf:Person }
