# An import that tools would fetch.
INSERT DATA { <https://w3id.org/communique/ns> owl:imports <http://www.w3.org/ns/prov-o#> }
