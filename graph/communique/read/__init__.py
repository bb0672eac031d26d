"""Turns bytes into documents: one reader a format behind :func:`read`."""
