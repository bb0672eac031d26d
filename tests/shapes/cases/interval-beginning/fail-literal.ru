# A beginning that is a literal.
DELETE { ?x time:hasBeginning ?old } INSERT { ?x time:hasBeginning "2023-05-01"^^xsd:date } WHERE { ?x a time:ProperInterval ; time:hasBeginning ?old }
