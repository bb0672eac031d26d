# Certain.
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> cq:score ?o } ;
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> cq:score 1.0 }
