# Each of two issuers has an attribution.
INSERT { ?x cq:issuer ?b ; prov:qualifiedAttribution <attribution/two> . <attribution/two> a prov:Attribution ; prov:agent ?b . <fact/two> a cq:Fact, rdf:Statement ; rdf:subject ?x ; rdf:predicate cq:issuer ; rdf:object ?b ; cq:confidence 0.5 ; cq:evidence ?e } WHERE { ?x a cq:Statement ; cq:onBehalfOf ?b ; cq:evidence ?e }
