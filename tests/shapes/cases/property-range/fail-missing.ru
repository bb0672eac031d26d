# A property without a range.
DELETE WHERE { cq:score rdfs:range ?d }
