# A fact may have more types.
INSERT { ?f a prov:Entity } WHERE { ?f a cq:Fact }
