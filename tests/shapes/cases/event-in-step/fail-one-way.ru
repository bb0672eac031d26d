# The statement reports the event, the event does not say so.
# also: event-reported-by
DELETE { ?e cq:reportedBy ?s } WHERE { ?e cq:reportedBy ?s }
