# Coordinates in a plain string.
DELETE WHERE { <geometry/lower-tissa> geo:asWKT ?w } ;
INSERT DATA { <geometry/lower-tissa> geo:asWKT "POINT(10.5 59.2)" }
