# A statement that rests on two sentences.
INSERT { ?x cq:evidence ?e } WHERE { ?x a cq:Statement . ?d a cq:Demand ; cq:evidence ?e }
