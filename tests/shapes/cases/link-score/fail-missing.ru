# A link without a score.
# also: close-match
DELETE WHERE { <link/b-remy-oake-a-ilva-dorn> cq:score ?o }
