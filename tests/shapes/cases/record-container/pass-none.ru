# A place in no larger one.
DELETE WHERE { ?x schema:containedInPlace ?y }
