# A text longer than it says.
DELETE { ?c nif:isString ?s } INSERT { ?c nif:isString ?t } WHERE { ?c nif:isString ?s BIND (CONCAT(?s, "More.") AS ?t) }
