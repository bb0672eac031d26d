# A body without a parent.
DELETE WHERE { ?x org:subOrganizationOf ?y }
