# No cue.
DELETE { ?f cq:cue ?m } WHERE { ?f cq:cue ?m }
