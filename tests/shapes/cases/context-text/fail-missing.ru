# A text that is not there.
# also: verbatim
DELETE { ?c nif:isString ?s } WHERE { ?c nif:isString ?s }
