# An interval that begins twice.
INSERT { ?x time:hasBeginning <time/2023-05-02> } WHERE { ?x a time:ProperInterval }
