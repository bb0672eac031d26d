# A concept of no scheme that we know.
DELETE WHERE { kind:protest skos:inScheme ?s ; skos:topConceptOf ?s } ;
INSERT DATA { kind:protest skos:inScheme <https://example.org/kinds> ; skos:topConceptOf <https://example.org/kinds> }
