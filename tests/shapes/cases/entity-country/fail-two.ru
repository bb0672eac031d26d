# A person of two countries.
INSERT { ?x cq:countryCode "NO", "SE" } WHERE { ?x a foaf:Person }
