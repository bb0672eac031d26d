# A beginning that is no whole number.
# also: span-name span-verbatim
DELETE { ?t nif:beginIndex ?old } INSERT { ?t nif:beginIndex 3.5 } WHERE { ?x cq:trigger ?t . ?t nif:beginIndex ?old }
