# An event that is planned.
DELETE { ?x cq:modality ?old } INSERT { ?x cq:modality cq:planned } WHERE { ?x a cq:ReportedEvent ; cq:modality ?old }
