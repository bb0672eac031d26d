# Offsets counted from 1.
DELETE { ?c nif:beginIndex ?b } INSERT { ?c nif:beginIndex 1 } WHERE { ?c a nif:Context ; nif:beginIndex ?b }
