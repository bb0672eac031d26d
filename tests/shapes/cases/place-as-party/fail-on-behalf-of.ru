# Somebody who speaks for a town.
DELETE { ?x cq:onBehalfOf ?c . ?a cq:onBehalfOf ?c . ?f rdf:object ?c } INSERT { ?x cq:onBehalfOf ?b . ?f rdf:object ?b . ?a cq:onBehalfOf ?b } WHERE { ?x a cq:Statement ; cq:onBehalfOf ?c ; prov:qualifiedAttribution ?a . ?b a schema:Place ; rdfs:label "Lower Tissa"@en . ?f rdf:predicate cq:onBehalfOf }
