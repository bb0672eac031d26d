# A link with its score.
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> cq:reason "same first letter" }
