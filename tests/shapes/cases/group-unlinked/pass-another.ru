# A group of another document stays apart.
INSERT DATA { <group/b-villagers> a cq:DescribedGroup ; cq:canonical <group/b-villagers> ; rdfs:label "villagers"@en }
