# An empty reason.
INSERT DATA { <link/b-remy-oake-a-ilva-dorn> cq:reason "" }
