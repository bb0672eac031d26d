# A span that begins before the text.
# also: span-name span-verbatim
DELETE { ?t nif:beginIndex ?old } INSERT { ?t nif:beginIndex -3 } WHERE { ?x cq:trigger ?t . ?t nif:beginIndex ?old }
