# A span one character off.
# also: span-name
DELETE { ?t nif:beginIndex ?b ; nif:endIndex ?e } INSERT { ?t nif:beginIndex ?c ; nif:endIndex ?f } WHERE { ?x cq:trigger ?t . ?t nif:beginIndex ?b ; nif:endIndex ?e BIND (?b + 1 AS ?c) BIND (?e + 1 AS ?f) }
