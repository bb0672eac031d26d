# No office.
DELETE { ?a cq:capacity ?c } WHERE { ?a a prov:Attribution ; cq:capacity ?c }
