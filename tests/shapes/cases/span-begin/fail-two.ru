# A span that begins twice.
# also: span-name span-verbatim
INSERT { ?t nif:beginIndex 3 } WHERE { ?x cq:trigger ?t }
