# A body declared the same as a described group.
INSERT DATA { <org/un> owl:sameAs <group/a-villagers> }
