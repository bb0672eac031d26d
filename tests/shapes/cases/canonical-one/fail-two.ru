# An entity with two canonical nodes.
INSERT DATA { <person/b-dorn> cq:canonical <person/b-remy-oake> }
