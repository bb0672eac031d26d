# A reference that nobody fetches.
INSERT DATA { <https://w3id.org/communique/ns> rdfs:seeAlso <http://www.w3.org/ns/prov-o#> }
