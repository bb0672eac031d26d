# An end in words.
# also: span-begin span-name span-verbatim
DELETE { ?t nif:endIndex ?old } INSERT { ?t nif:endIndex "the end" } WHERE { ?x cq:trigger ?t . ?t nif:endIndex ?old }
