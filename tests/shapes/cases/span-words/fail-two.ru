# A span with two readings.
# also: span-verbatim
INSERT { ?t nif:anchorOf "fired on" } WHERE { ?x cq:trigger ?t }
