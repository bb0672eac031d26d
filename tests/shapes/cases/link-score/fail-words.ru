# A score in words.
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> cq:score ?o } ;
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> cq:score "high" }
