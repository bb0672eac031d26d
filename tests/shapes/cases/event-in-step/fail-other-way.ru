# The event names the statement, the statement does not say so.
DELETE { ?s cq:reports ?e } WHERE { ?s cq:reports ?e }
