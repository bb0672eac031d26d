# A score above 1.
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> cq:score ?o } ;
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> cq:score 41.0 }
