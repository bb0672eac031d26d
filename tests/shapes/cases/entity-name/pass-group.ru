# A described group may be called what it is.
DELETE { ?x rdfs:label ?old } INSERT { ?x rdfs:label "people"@en } WHERE { ?x a cq:DescribedGroup ; rdfs:label ?old }
