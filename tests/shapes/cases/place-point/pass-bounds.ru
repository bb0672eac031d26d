# The antimeridian.
DELETE WHERE { <geometry/lower-tissa> geo:asWKT ?w } ;
INSERT DATA { <geometry/lower-tissa> geo:asWKT "POINT (-180 90.0)"^^geo:wktLiteral }
