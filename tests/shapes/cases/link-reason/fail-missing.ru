# A link that nobody explains.
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> cq:reason ?o }
