# A span named by another place.
DELETE { ?t ?p ?o . ?x cq:trigger ?t } INSERT { <doc/d#char=1,2> ?p ?o . ?x cq:trigger <doc/d#char=1,2> } WHERE { ?x cq:trigger ?t . ?t ?p ?o }
