# Two texts.
# also: span-verbatim
INSERT { ?c nif:isString ?t } WHERE { ?c nif:isString ?s BIND (REPLACE(?s, "shelled", "praised") AS ?t) }
