# Somebody who speaks for a body of which nothing is said.
DELETE { ?x cq:onBehalfOf ?c . ?a cq:onBehalfOf ?c . ?f rdf:object ?c } INSERT { ?x cq:onBehalfOf <org/unknown> . ?f rdf:object <org/unknown> } WHERE { ?x a cq:Statement ; cq:onBehalfOf ?c ; prov:qualifiedAttribution ?a . ?f rdf:predicate cq:onBehalfOf }
