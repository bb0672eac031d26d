# A code of three letters.
DELETE WHERE { <place/lower-tissa> cq:countryCode ?c } ;
INSERT DATA { <place/lower-tissa> cq:countryCode "NOR" }
