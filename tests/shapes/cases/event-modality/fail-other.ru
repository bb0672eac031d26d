# A modality of our own making.
DELETE { ?x cq:modality ?old } INSERT { ?x cq:modality cq:certain } WHERE { ?x a cq:ReportedEvent ; cq:modality ?old }
