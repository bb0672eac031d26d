# A link from nowhere.
# also: close-match
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> rdf:subject ?o }
