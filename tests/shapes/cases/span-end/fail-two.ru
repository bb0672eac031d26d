# A span that ends twice.
# also: span-name span-verbatim
INSERT { ?t nif:endIndex 410 } WHERE { ?x cq:trigger ?t }
