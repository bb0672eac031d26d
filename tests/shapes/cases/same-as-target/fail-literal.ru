# The same as a word.
INSERT DATA { <org/un> owl:sameAs "UN" }
