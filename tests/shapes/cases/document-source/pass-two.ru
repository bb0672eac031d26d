# One document found at two addresses.
INSERT { ?x dcterms:source <https://example.org/letters/tissa> } WHERE { ?x a cq:Document }
