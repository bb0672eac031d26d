# A link with two scores.
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> cq:score 0.9 }
