# Two reasons.
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> cq:reason "same surname" }
