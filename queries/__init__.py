"""Named SPARQL queries of Communique, as data files."""
