# A confidence above 1.
DELETE { ?t itsrdf:taConfidence ?o } INSERT { ?t itsrdf:taConfidence 97 } WHERE { ?t itsrdf:taConfidence ?o }
