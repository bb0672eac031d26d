"""Entities across documents: which of them are one, and how sure that is; writes the graph ``links``."""

from communique.resolve.entities import authority_keys
from communique.resolve.links import resolve

__all__ = ["authority_keys", "resolve"]
