# A fact without a cue.
DELETE { ?f cq:cue ?c } WHERE { ?f cq:cue ?c }
