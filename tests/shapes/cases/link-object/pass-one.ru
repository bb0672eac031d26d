# One object.
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> rdfs:comment "link" }
