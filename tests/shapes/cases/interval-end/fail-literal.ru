# An end that is a literal.
DELETE { ?x time:hasEnd ?old } INSERT { ?x time:hasEnd "2023-05-31"^^xsd:date } WHERE { ?x a time:ProperInterval ; time:hasEnd ?old }
