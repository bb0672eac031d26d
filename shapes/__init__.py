"""SHACL shapes and the ontology of Communique, as data files."""
