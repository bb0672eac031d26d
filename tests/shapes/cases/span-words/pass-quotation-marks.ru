# A span whose words hold quotation marks.
INSERT { ?new a nif:RFC5147String ; nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf "“We" ; nif:referenceContext ?c } WHERE { ?c nif:isString ?s BIND (STRLEN(STRBEFORE(?s, "“We")) AS ?b) BIND (?b + 3 AS ?e) BIND (IRI(CONCAT(STRBEFORE(STR(?c), "#"), "#char=", STR(?b), ",", STR(?e))) AS ?new) }
