"""The graph on disk or in memory: the only package that opens a dataset.

``store`` has the store itself, ``folder`` its folder (marker, lock, checkpoints for readers), ``trig`` the head of TriG
files.
"""

from communique.store.folder import LAYOUT, MARKER, Mode
from communique.store.store import Store, as_declared, plain

__all__ = ["LAYOUT", "MARKER", "Mode", "Store", "as_declared", "plain"]
