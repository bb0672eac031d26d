# A statement that shows no words.
DELETE { ?x cq:evidence ?old } WHERE { ?x a cq:Statement ; cq:evidence ?old }
