# A link that is two things.
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> rdf:predicate owl:sameAs }
