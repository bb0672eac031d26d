# A quotation that is a demand.
INSERT { ?x cq:quotation ?q } WHERE { ?x cq:demands ?q }
