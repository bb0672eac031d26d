# A demand that is a quotation.
INSERT { ?x cq:demands ?q } WHERE { ?x cq:quotation ?q }
