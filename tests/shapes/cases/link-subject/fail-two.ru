# A link from two entities.
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> rdf:subject <org/un> }
