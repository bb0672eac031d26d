# A label in each of two languages.
INSERT DATA { <org/un> rdfs:label "Nations Unies"@fr }
