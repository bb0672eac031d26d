# A latitude beyond the pole.
DELETE WHERE { <geometry/lower-tissa> geo:asWKT ?w } ;
INSERT DATA { <geometry/lower-tissa> geo:asWKT "POINT(10.5 99.2)"^^geo:wktLiteral }
