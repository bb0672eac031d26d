"""The workbench in a browser and the SPARQL endpoint: ``communique serve``."""
