# A described group declared the same as a body.
INSERT DATA { <group/a-villagers> owl:sameAs <org/un> }
