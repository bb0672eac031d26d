"""From paths to documents: what is there to read, and the exact text of each with what its container says of it."""

from communique.read.find import find_sources
from communique.read.reader import MAX_BYTES, SUFFIXES, read
from communique.read.source import STDIN, Source

__all__ = ["MAX_BYTES", "STDIN", "SUFFIXES", "Source", "find_sources", "read"]
