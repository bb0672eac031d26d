# A fact whose edge was taken back.
DELETE { ?x cq:recipient ?r } WHERE { ?x cq:recipient ?r }
