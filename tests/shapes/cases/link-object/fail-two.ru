# A link to two entities.
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> rdf:object <org/un> }
