"""Shallow grammar without a model: phrases, clauses, word forms, lists, who acts."""
