"""Reads a document into facts with the spans they rest on."""
