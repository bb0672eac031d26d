# A document without a statement.
# also: statement-reported-in
DELETE { ?x cq:reportedIn ?old } WHERE { ?x a cq:Statement ; cq:reportedIn ?old }
