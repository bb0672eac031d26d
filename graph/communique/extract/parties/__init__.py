"""Who speaks, for whom, to whom, in which words."""
