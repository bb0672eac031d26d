# A demand that nobody makes.
DELETE { ?x cq:demands ?old } WHERE { ?x a cq:Statement ; cq:demands ?old }
