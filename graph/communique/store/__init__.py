"""The graph on disk or in memory: the only package that opens a dataset.

``store`` has the store itself, ``folder`` its folder (marker, lock, checkpoints for readers), ``manifest`` the
bookkeeping, ``trig`` the head of TriG files.
"""

from communique.store.folder import LAYOUT, MARKER, Mode, sync
from communique.store.manifest import Entry
from communique.store.store import Change, Store, as_declared, plain

__all__ = ["LAYOUT", "MARKER", "Change", "Entry", "Mode", "Store", "as_declared", "plain", "sync"]
