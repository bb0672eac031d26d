# Two more names.
INSERT { ?x skos:altLabel "U.N."@en, "ONU"@fr } WHERE { ?x rdfs:label "United Nations"@en }
