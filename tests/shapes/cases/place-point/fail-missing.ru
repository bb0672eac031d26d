# A geometry without coordinates.
DELETE WHERE { <geometry/lower-tissa> geo:asWKT ?w }
