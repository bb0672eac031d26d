# A statement in two documents.
INSERT { ?x cq:reportedIn <doc/other> } WHERE { ?x a cq:Statement }
