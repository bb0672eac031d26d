# An event reported by a document.
INSERT { ?d cq:reports ?e . ?e cq:reportedBy ?d } WHERE { ?e a cq:ReportedEvent . ?d a cq:Document }
