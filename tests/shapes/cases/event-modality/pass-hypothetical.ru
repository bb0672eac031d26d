# An event that is hypothetical.
DELETE { ?x cq:modality ?old } INSERT { ?x cq:modality cq:hypothetical } WHERE { ?x a cq:ReportedEvent ; cq:modality ?old }
