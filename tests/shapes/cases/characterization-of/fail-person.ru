# A judgement of a person.
DELETE { ?v cq:characterizes ?e } INSERT { ?v cq:characterizes ?p } WHERE { ?v cq:characterizes ?e . ?p a foaf:Person }
