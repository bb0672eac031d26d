# A person who publishes.
DELETE { ?x dcterms:publisher ?old } INSERT { ?x dcterms:publisher ?who } WHERE { ?x dcterms:publisher ?old . ?who a foaf:Person }
