# A canonical node that is a name.
# also: canonical-label canonical-settled
DELETE DATA { <person/b-dorn> cq:canonical <person/a-ilva-dorn> } ;
INSERT DATA { <person/b-dorn> cq:canonical "Ilva Dorn"@en }
