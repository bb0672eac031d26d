# A text with a language tag.
DELETE { ?c nif:isString ?s } INSERT { ?c nif:isString ?t } WHERE { ?c nif:isString ?s BIND (STRLANG(?s, "en") AS ?t) }
