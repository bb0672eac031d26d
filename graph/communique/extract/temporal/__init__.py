"""Dates and times in the text, with their granularity."""
