# The text is not in the graph.
# also: span span-context
DELETE { ?t a nif:Context } WHERE { ?t a nif:Context }
