# A span that begins behind its end.
# also: span-name span-verbatim
DELETE { ?t nif:beginIndex ?old } INSERT { ?t nif:beginIndex 400 } WHERE { ?x cq:trigger ?t . ?t nif:beginIndex ?old }
