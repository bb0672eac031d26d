# A cue that begins inside the sentence shown and ends behind it.
DELETE { ?f cq:evidence ?e } INSERT { ?f cq:evidence ?short } WHERE { ?f rdf:predicate cq:recipient ; cq:evidence ?e . ?short nif:anchorOf "United Nations Secretary-General" }
