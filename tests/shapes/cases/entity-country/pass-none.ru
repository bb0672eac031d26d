# A place whose country is not known.
DELETE { ?x cq:countryCode ?old } WHERE { ?x a schema:Place ; cq:countryCode ?old }
