# An event that nobody asserts or denies: a claim that could pass for a fact.
DELETE { ?x cq:modality ?old } WHERE { ?x a cq:ReportedEvent ; cq:modality ?old }
