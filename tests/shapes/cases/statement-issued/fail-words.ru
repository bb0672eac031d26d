# A date in words.
# also: plausible-issued
DELETE { ?x dcterms:issued ?old } INSERT { ?x dcterms:issued "4 May 2023" } WHERE { ?x a cq:Statement ; dcterms:issued ?old }
