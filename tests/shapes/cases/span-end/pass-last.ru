# A span that runs to the text's end.
INSERT { ?new a nif:RFC5147String ; nif:beginIndex ?n ; nif:endIndex ?n ; nif:anchorOf "" ; nif:referenceContext ?c } WHERE { ?c a nif:Context ; nif:endIndex ?n BIND (IRI(CONCAT(STRBEFORE(STR(?c), "#"), "#char=", STR(?n), ",", STR(?n))) AS ?new) }
