# An attribution for a body that the statement does not speak for.
DELETE { ?a cq:onBehalfOf ?old } INSERT { ?a cq:onBehalfOf ?b } WHERE { ?a a prov:Attribution ; cq:onBehalfOf ?old . ?b a cq:State }
