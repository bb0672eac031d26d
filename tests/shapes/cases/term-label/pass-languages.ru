# A label in two languages.
INSERT DATA { cq:Fact rdfs:label "Beleg"@de }
