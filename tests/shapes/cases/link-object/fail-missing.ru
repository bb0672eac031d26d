# A link to nowhere.
# also: close-match
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> rdf:object ?o }
