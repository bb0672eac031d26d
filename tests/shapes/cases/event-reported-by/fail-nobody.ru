# An event on nobody's word.
DELETE { ?e cq:reportedBy ?s . ?s cq:reports ?e } WHERE { ?e cq:reportedBy ?s }
