# A span of two texts.
# also: span-inside span-verbatim
INSERT { ?t nif:referenceContext <doc/other#char=0,9> . <doc/other#char=0,9> a nif:Context, nif:RFC5147String ; nif:beginIndex 0 ; nif:endIndex 9 ; nif:isString "Other txt" } WHERE { ?x cq:trigger ?t }
