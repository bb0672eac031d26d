# A span that is part of a document, not of its text.
DELETE { ?t nif:referenceContext ?c } INSERT { ?t nif:referenceContext ?d } WHERE { ?x cq:trigger ?t . ?t nif:referenceContext ?c . ?d a cq:Document }
