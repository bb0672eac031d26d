# A span that ends behind the text.
# also: span-name span-verbatim
DELETE { ?t nif:endIndex ?old } INSERT { ?t nif:endIndex 4000 } WHERE { ?x cq:trigger ?t . ?t nif:endIndex ?old }
