"""What is served at a time: the store, opened for reading, with the index of the same revision."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from communique.errors import StoreError
from communique.serve.index import Index
from communique.serve.indexing import write_index
from communique.serve.reading import Progress
from communique.store import Store


def revision(store: Store) -> str:
    """Return a mark that differs when the store has changed."""
    return f"{len(store)}"


def index_path(store: Path) -> Path:
    """Return where the index of a store is kept: beside it."""
    return store.with_name(f"{store.name}.index")


@dataclass(frozen=True, slots=True)
class Edition:
    """A state of the graph that answers are given from."""

    store: Store
    index: Index
    name: str
    writable: bool = False


class Editions:
    """Holds the current edition."""

    def __init__(self, path: Path, index: Path | None = None, progress: Progress | None = None) -> None:
        """Open a store and its index, which is made where it is missing or of another revision."""
        self._lock = threading.Lock()
        self.path = path
        store = Store.open(path)
        self._edition = Edition(store, _fitting(store, index or index_path(path), progress), _name(path))

    @contextmanager
    def current(self) -> Iterator[Edition]:
        """Yield the current edition."""
        yield self._edition

    def close(self) -> None:
        """Close what is open."""
        self._edition.index.close()
        self._edition.store.close()


def _name(path: Path) -> str:
    """Return what a store is called: by its folder, or by the folder around one that is only called ``store``."""
    whole = path.resolve()
    return whole.parent.name if whole.name == "store" else whole.name


def _fitting(store: Store, path: Path, progress: Progress | None) -> Index:
    try:
        index = Index(path)
        if index.revision == revision(store) and index.base == store.base:
            return index
        index.close()
    except StoreError:
        pass  # missing, damaged or of another layout: it is made anew
    write_index(store, path, revision(store), progress)
    return Index(path)
