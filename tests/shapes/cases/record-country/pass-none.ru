# A place whose country is not known.
DELETE WHERE { <place/lower-tissa> cq:countryCode ?c }
