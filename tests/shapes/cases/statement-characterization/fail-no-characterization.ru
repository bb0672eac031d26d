# A judgement that is a demand.
INSERT { ?x cq:characterization ?q } WHERE { ?x cq:demands ?q }
