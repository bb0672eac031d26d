# A country by name.
INSERT { ?x cq:countryCode "Varenia" } WHERE { ?x a cq:State }
