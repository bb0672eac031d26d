# A code of nobody knows which scheme.
INSERT DATA { etype:other skos:notation "00" }
