# Villagers of two documents taken for the same.
INSERT DATA { <group/b-villagers> a cq:DescribedGroup ; cq:canonical <group/a-villagers> }
