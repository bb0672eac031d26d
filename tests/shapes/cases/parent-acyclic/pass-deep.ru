# Three levels.
INSERT DATA { <org/committee> a org:Organization ; rdfs:label "Committee of Nine"@en ; org:subOrganizationOf <org/un-security-council> }
