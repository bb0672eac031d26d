# A link without a score.
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> ?p ?o }
