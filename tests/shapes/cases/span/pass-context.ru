# The whole text is a span without a larger text.
INSERT { ?t rdfs:comment "whole text" } WHERE { ?t a nif:Context }
