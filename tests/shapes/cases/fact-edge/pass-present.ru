# Every fact grounds an edge that is there.
DELETE { ?f cq:cue ?m } WHERE { ?f cq:cue ?m }
