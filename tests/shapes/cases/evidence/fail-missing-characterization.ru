# A characterization that shows no words.
DELETE { ?x cq:evidence ?old } WHERE { ?x a cq:Characterization ; cq:evidence ?old }
