# An issuer without an attribution.
DELETE { ?x prov:qualifiedAttribution ?a . ?a ?p ?o } WHERE { ?x prov:qualifiedAttribution ?a . ?a ?p ?o }
