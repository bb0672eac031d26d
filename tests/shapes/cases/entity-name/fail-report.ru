# 'Report' is no name.
DELETE { ?x rdfs:label ?old } INSERT { ?x rdfs:label "Report"@en } WHERE { ?x a cq:Instrument ; rdfs:label ?old }
