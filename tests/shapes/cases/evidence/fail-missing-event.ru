# An event that shows no words.
DELETE { ?x cq:evidence ?old } WHERE { ?x a cq:ReportedEvent ; cq:evidence ?old }
