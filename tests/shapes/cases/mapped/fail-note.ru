# A note that gives no reason.
DELETE { cq:score skos:editorialNote ?note } INSERT { cq:score skos:editorialNote "No published counterpart: none."@en } WHERE { cq:score skos:editorialNote ?note }
