# Two English comments.
INSERT DATA { cq:Fact rdfs:comment "An edge with its words."@en }
