# A date in words.
# also: plausible-date-published
DELETE { ?x schema:datePublished ?old } INSERT { ?x schema:datePublished "4 May 2023" } WHERE { ?x a cq:Document ; schema:datePublished ?old }
