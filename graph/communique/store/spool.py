"""What waits to be loaded into a store: N-Quads in a file, so that memory does not hold them.

RocksDB rewrites much of what it has after every second bulk load. A few large ones cost half of many small ones, and
what they cost grows less with the store.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import RdfFormat

NAME = "collected.nq"
_BULK = 4_000
"""Lines of N-Quads from which on RocksDB takes them faster as files of its own than through its log."""


class Spool:
    """Collects N-Quads and hands them to a dataset in one go, whole or not at all."""

    def __init__(self, folder: Path | None) -> None:
        """Collect in a file of a folder, or in memory where there is none."""
        self._path = folder / NAME if folder is not None else None
        self._out: IO[bytes] | None = None
        self.quads = 0

    def write(self, data: bytes) -> None:
        """Take in lines of N-Quads."""
        if self._out is None:
            self._out = self._path.open("wb") if self._path is not None else io.BytesIO()
        self._out.write(data)
        self.quads += data.count(b"\n")

    def load(self, dataset: pyoxigraph.Store) -> None:
        """Load what was collected; nothing is left to load then, also where that fails."""
        out, quads = self._out, self.quads
        if out is None:
            return
        try:
            out.flush()
            load = dataset.bulk_load if quads >= _BULK else dataset.load
            if self._path is not None:
                load(path=str(self._path), format=RdfFormat.N_QUADS)
            elif isinstance(out, io.BytesIO):
                load(out.getvalue(), format=RdfFormat.N_QUADS)
        finally:
            self.drop()

    def drop(self) -> None:
        """Forget what was collected."""
        if self._out is not None:
            self._out.close()
            self._out, self.quads = None, 0
            if self._path is not None:
                self._path.unlink(missing_ok=True)
