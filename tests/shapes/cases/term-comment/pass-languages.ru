# A comment in two languages.
INSERT DATA { cq:Fact rdfs:comment "Eine Kante mit ihren Worten."@de }
