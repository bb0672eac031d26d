# Two confidences.
INSERT { ?t itsrdf:taConfidence 0.5 } WHERE { ?t itsrdf:taConfidence ?o }
