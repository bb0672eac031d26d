# A demand that shows no words.
DELETE { ?x cq:evidence ?old } WHERE { ?x a cq:Demand ; cq:evidence ?old }
