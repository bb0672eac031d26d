# A text with a character outside the basic plane counts as one more.
DELETE { ?c ?p ?o . ?s nif:referenceContext ?c } INSERT { ?d ?p ?o . ?s nif:referenceContext ?d } WHERE { ?c a nif:Context ; ?p ?o ; nif:endIndex ?n . ?s nif:referenceContext ?c BIND (IRI(CONCAT(STRBEFORE(STR(?c), "#"), "#char=0,", STR(?n + 1))) AS ?d) } ;
DELETE { ?c nif:isString ?s ; nif:endIndex ?n } INSERT { ?c nif:isString ?t ; nif:endIndex ?m } WHERE { ?c a nif:Context ; nif:isString ?s ; nif:endIndex ?n BIND (CONCAT(?s, "𝄞") AS ?t) BIND (?n + 1 AS ?m) }
