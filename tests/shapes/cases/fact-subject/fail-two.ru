# A fact about two things.
# also: fact-edge
INSERT { ?f rdf:subject ?e } WHERE { ?f rdf:predicate cq:recipient . ?e a cq:ReportedEvent }
