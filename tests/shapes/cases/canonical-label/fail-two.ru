# Two English labels.
INSERT DATA { <org/un> rdfs:label "UN"@en }
