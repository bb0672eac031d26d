# A property without a domain.
DELETE WHERE { cq:score rdfs:domain ?d }
