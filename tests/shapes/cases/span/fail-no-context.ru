# A span of no text.
DELETE { ?t nif:referenceContext ?old } WHERE { ?x cq:trigger ?t . ?t nif:referenceContext ?old }
