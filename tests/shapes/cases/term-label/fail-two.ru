# Two English labels.
INSERT DATA { cq:Fact rdfs:label "edge"@en }
