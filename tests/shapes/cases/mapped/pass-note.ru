# A property that says why it stands alone.
DELETE { cq:action rdfs:subPropertyOf ?published } INSERT { cq:action skos:editorialNote "No published counterpart: a reason made up for this case."@en } WHERE { cq:action rdfs:subPropertyOf ?published }
