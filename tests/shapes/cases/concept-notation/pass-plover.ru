# A code of a scheme that we know.
INSERT DATA { etype:other skos:notation "OTHER"^^cq:ploverCode }
