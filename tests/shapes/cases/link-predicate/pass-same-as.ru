# A certain link.
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> rdf:predicate ?o } ;
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> rdf:predicate owl:sameAs } ;
DELETE WHERE { ?x skos:closeMatch ?y }
