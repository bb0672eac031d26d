# A link that does not say what it is.
# also: close-match
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> rdf:predicate ?o }
