# An empty span named by its place.
INSERT { ?new a nif:RFC5147String ; nif:beginIndex 5 ; nif:endIndex 5 ; nif:anchorOf "" ; nif:referenceContext ?c } WHERE { ?c a nif:Context BIND (IRI(CONCAT(STRBEFORE(STR(?c), "#"), "#char=5,5")) AS ?new) }
