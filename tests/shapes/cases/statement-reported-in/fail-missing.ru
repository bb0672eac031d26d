# A statement in no document.
# also: document-statement
DELETE { ?x cq:reportedIn ?old } WHERE { ?x a cq:Statement ; cq:reportedIn ?old }
