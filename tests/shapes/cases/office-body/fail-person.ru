# An office that belongs to a person.
DELETE { ?o org:postIn ?b } INSERT { ?o org:postIn ?s } WHERE { ?o org:postIn ?b . ?s a foaf:Person }
