# The source of an allegation without the words it rests on.
INSERT { ?x cq:attributedTo <group/c90dfb7701868337de75b9e73548b65c-villagers> } WHERE { ?x a cq:ReportedEvent }
