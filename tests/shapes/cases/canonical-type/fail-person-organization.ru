# A person linked to a body.
DELETE DATA { <person/b-dorn> cq:canonical <person/a-ilva-dorn> } ;
INSERT DATA { <person/b-dorn> cq:canonical <org/un> }
