# A link that is none.
# also: close-match
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> rdf:predicate ?o } ;
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> rdf:predicate skos:related }
