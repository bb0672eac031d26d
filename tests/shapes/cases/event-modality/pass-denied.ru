# An event that is denied.
DELETE { ?x cq:modality ?old } INSERT { ?x cq:modality cq:denied } WHERE { ?x a cq:ReportedEvent ; cq:modality ?old }
