"""What is served at a time: the store, opened for reading, the index of the same revision, and workers that ask.

A build may go on meanwhile. When it has published a new revision, a new edition is made beside the one that is served,
its index in a process of its own; then it takes the place of the old one, which is closed once its last request ends.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from platformdirs import user_cache_path

from communique.errors import CommuniqueError, StoreError
from communique.serve.answers import Answers
from communique.serve.index import Index
from communique.serve.indexing import LAYOUT, write_index
from communique.serve.logs import log
from communique.serve.reading import Progress
from communique.store import Store
from communique.workers import QueryWorkers

_LOOK = 2.0  # seconds between two looks for a new revision


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use: processes at a time, seconds, rows and bytes of its answer."""

    jobs: int = 2
    seconds: float = 30.0
    rows: int = 100_000
    bytes: int = 50_000_000


@dataclass(slots=True)
class Edition:
    """A state of the graph that answers are given from."""

    store: Store
    index: Index
    workers: QueryWorkers
    name: str
    answers: Answers = field(default_factory=Answers)
    readers: int = 0
    retired: bool = False

    def close(self) -> None:
        """Close what is open."""
        self.workers.close()
        self.index.close()
        self.store.close()


class Editions:
    """Holds the current edition and replaces it when the store has changed."""

    def __init__(
        self, path: Path, index: Path | None = None, limits: Limits | None = None, progress: Progress | None = None
    ) -> None:
        """Open a store and its index, which is made where it is missing or of another revision.

        Args:
            path: the store's folder.
            index: the folder of its index (see :func:`index_folder`).
            limits: what a query may use.
            progress: told what is being done to make the index.

        Raises:
            StoreError: the store cannot be read, or the index not written.
        """
        self.path = path
        self.limits = limits or Limits()
        self._folder = index or index_folder(path)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._watcher: threading.Thread | None = None
        self._edition = self._open(progress, wait=False)  # pages need no workers, and should not wait for them
        self._sweep()

    @contextmanager
    def current(self) -> Iterator[Edition]:
        """Yield the current edition, which stays open meanwhile."""
        with self._lock:
            edition = self._edition
            edition.readers += 1
        try:
            yield edition
        finally:
            with self._lock:
                edition.readers -= 1
                done = edition.retired and not edition.readers
            if done:
                self._discard(edition)

    def watch(self) -> None:
        """Look for new revisions from now on, in the background."""
        self._watcher = threading.Thread(target=self._watch, name="communique editions", daemon=True)
        self._watcher.start()

    def refresh(self) -> bool:
        """Go over to the present revision of the store; return whether there was a newer one."""
        published = Store.published(self.path)
        if published in (-1, self._edition.store.revision):
            return False
        new = self._open(None, wait=True)
        with self._lock:
            old, self._edition = self._edition, new
            old.retired = True
            idle = not old.readers
        if idle:
            self._discard(old)
        log("edition", revision=new.store.revision)
        return True

    def close(self) -> None:
        """Stop looking, and close what is open."""
        self._stop.set()
        if self._watcher:
            self._watcher.join(_LOOK)
        self._edition.close()

    def _watch(self) -> None:
        while not self._stop.wait(_LOOK):
            try:
                self.refresh()
            except CommuniqueError as error:  # the store is being replaced, say: the old edition goes on
                log("edition-failed", error=type(error).__name__)

    def _open(self, progress: Progress | None, *, wait: bool) -> Edition:
        make_apart(self.path, self._folder, progress)
        store = Store.open(self.path)
        try:
            index = fitting(store, self._folder)
            limits = self.limits
            workers = QueryWorkers(
                self.path, jobs=limits.jobs, seconds=limits.seconds, rows=limits.rows, bytes=limits.bytes, wait=wait
            )
        except BaseException:
            store.close()
            raise
        return Edition(store, index, workers, _name(self.path))

    def _discard(self, edition: Edition) -> None:
        edition.close()
        self._sweep()

    def _sweep(self) -> None:
        """Take away the indexes of other revisions."""
        for file in self._folder.glob("*.sqlite"):
            if file != self._edition.index.path:
                with suppress(OSError):
                    file.unlink()


def _name(path: Path) -> str:
    """Return what a store is called: by its folder, or by the folder around one that is only called ``store``."""
    whole = path.resolve()
    return whole.parent.name if whole.name == "store" else whole.name


def index_folder(store: Path) -> Path:
    """Return where the index of a store is kept: beside it, or among the user's caches where that cannot be written."""
    beside = store.with_name(f"{store.name}.index")
    if os.access(beside if beside.exists() else store.resolve().parent, os.W_OK):
        return beside
    return user_cache_path("communique") / "index" / hashlib.sha256(str(store.resolve()).encode()).hexdigest()[:16]


def fitting(store: Store, folder: Path, progress: Progress | None = None) -> Index:
    """Return the index of a store, made where there is none of its revision.

    Raises:
        StoreError: it cannot be written.
    """
    path = _path(folder, store.revision)
    with suppress(StoreError):  # missing or damaged: it is made
        index = Index(path)
        if index.base == store.base and index.quads == len(store):
            return index
        index.close()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_index(store, path, str(store.revision), progress)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"the read index cannot be written: {reason}", where=str(folder), remedy="name a folder with --index"
        ) from error
    return Index(path)


def _path(folder: Path, revision: int) -> Path:
    return folder / f"{revision:012}-{LAYOUT}.sqlite"


def make_apart(path: Path, folder: Path, progress: Progress | None = None) -> None:
    """Make the index of a store in a process of its own, which takes the memory that this needs with it.

    Whatever goes wrong there is met again, and told, by who opens the index next.
    """
    if _path(folder, Store.published(path)).exists():
        return
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    make = context.Process(target=_make, args=(path, folder, there), daemon=True)
    make.start()
    there.close()
    with suppress(EOFError):
        while True:
            told = here.recv()
            if progress:
                progress(*told)
    make.join()
    here.close()


def _make(path: Path, folder: Path, connection: Connection) -> None:
    """Make the index; the process of :func:`make_apart`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with suppress(CommuniqueError), Store.open(path) as store:
        fitting(store, folder, lambda *told: connection.send(told)).close()
