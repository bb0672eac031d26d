# A property that stands alone and does not say why.
DELETE WHERE { cq:action rdfs:subPropertyOf ?published }
