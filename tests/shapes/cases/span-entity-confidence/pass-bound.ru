# Certain that the words name the person.
DELETE { ?t itsrdf:taConfidence ?o } INSERT { ?t itsrdf:taConfidence 1.0 } WHERE { ?t itsrdf:taConfidence ?o }
