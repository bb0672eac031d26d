# A place in two countries.
INSERT DATA { <place/lower-tissa> cq:countryCode "SE" }
