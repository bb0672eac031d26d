"""What is served at a time: the store, opened for reading, the index of the same revision, and workers that ask.

A build may go on meanwhile. When it has published a new revision, a new edition is made beside the one that is served,
its index in a process of its own; then it takes the place of the old one, which is closed once its last request ends.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from platformdirs import user_cache_path

from communique.errors import CommuniqueError, StoreError
from communique.serve import pages
from communique.serve.answers import Answers
from communique.serve.index import Index
from communique.serve.indexing import LAYOUT, write_index
from communique.serve.logs import log
from communique.serve.pages import Pages
from communique.serve.reading import Progress
from communique.store import Store
from communique.workers import QueryWorkers

_LOOK = 2.0  # seconds between two looks for a new revision
_NICE = 5  # how far queries and the making of an index step back behind the server itself


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use: processes at a time, seconds, rows and bytes of its answer."""

    jobs: int = 2
    seconds: float = 30.0
    rows: int = 100_000
    bytes: int = 50_000_000


@dataclass(slots=True)
class Edition:
    """A state of the graph that answers are given from: ``store`` is a copy without the paths of what was read."""

    store: Store
    index: Index
    workers: QueryWorkers
    name: str
    revision: int
    answers: Answers = field(default_factory=Answers)
    pages: Pages = field(default_factory=Pages)
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
        if published in (-1, self._edition.revision):
            return False
        new = self._open(None, wait=True)
        with self._lock:
            old, self._edition = self._edition, new
            old.retired = True
            idle = not old.readers
        if idle:
            self._discard(old)
        log("edition", revision=new.revision)
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
                self._edition.workers.start()  # not before: the first screen has the machine to itself
                self.refresh()
            except CommuniqueError as error:  # the store is being replaced, say: the old edition goes on
                log("edition-failed", error=type(error).__name__)

    def _open(self, progress: Progress | None, *, wait: bool) -> Edition:
        with Store.open(self.path) as store:
            kept = Kept.of(store, self._folder)
        index = kept.opened() or kept.made(self.path, progress, behind=wait)
        try:
            copy = Store.open(kept.copy)
        except BaseException:
            index.close()
            raise
        limits = self.limits
        try:
            workers = QueryWorkers(
                kept.copy,
                jobs=limits.jobs + 1,  # a spare one: what is killed is missed by nobody
                seconds=limits.seconds,
                rows=limits.rows,
                bytes=limits.bytes,
                wait=wait,
                nice=_NICE,
            )
        except BaseException:
            index.close()
            copy.close()
            raise
        return Edition(copy, index, workers, _name(self.path), kept.revision)

    def _discard(self, edition: Edition) -> None:
        edition.close()
        self._sweep()

    def _sweep(self) -> None:
        """Take away the indexes and copies of other revisions."""
        current = self._edition.index.path.stem
        for file in self._folder.glob("*.sqlite"):
            if file.stem != current:
                with suppress(OSError):
                    file.unlink()
        for copy in self._folder.glob("[0-9]*.store"):
            if copy.stem != current:
                Store.discard(copy)


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


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept beside a store for the server: a read index, and a copy without the paths of what was read.

    The copy is made of hard links, and so takes no time and hardly any space where both are on one file system.
    """

    folder: Path
    revision: int
    base: str
    identity: str

    @classmethod
    def of(cls, store: Store, folder: Path) -> Self:
        """Return what belongs to the present state of a store."""
        return cls(folder, store.revision, store.base, store.identity)

    @property
    def index(self) -> Path:
        """The file of the index."""
        return self.folder / f"{self.revision:012}-{LAYOUT}.sqlite"

    @property
    def copy(self) -> Path:
        """The folder of the copy."""
        return self.index.with_suffix(".store")

    def opened(self) -> Index | None:
        """Return the index, where it and the copy are there and of this store."""
        with suppress(StoreError):  # missing or damaged: it is made
            index = Index(self.index)
            if (index.base, index.identity) == (self.base, self.identity) and self.copy.exists():
                return index
            index.close()
        return None

    def made(self, path: Path, progress: Progress | None, *, behind: bool) -> Index:
        """Make index and copy in a process of its own, which takes the memory for that with it; return the index.

        Where an older edition is being served, the process steps ``behind`` it.

        Raises:
            StoreError: they cannot be written.
        """
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        make = context.Process(target=_make, args=(path, self, there, behind), daemon=True)
        make.start()
        there.close()
        problem: StoreError | None = None
        with suppress(EOFError):
            while True:
                told = here.recv()
                if isinstance(told, StoreError):
                    problem = told
                elif progress:
                    progress(*told)
        make.join()
        here.close()
        index = None if problem else self.opened()
        if index is None:
            raise problem or StoreError(
                "the read index could not be made", where=str(self.folder), remedy="is there memory and space enough?"
            )
        return index

    def write(self, store: Store, progress: Progress) -> None:
        """Write the copy, then the index: whole or not at all."""
        partial = self.index.with_name(f".{self.index.name}.{os.getpid()}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            Store.discard(self.copy)
            store.snapshot(self.copy, bookkeeping=False).close()
            write_index(store, partial, progress)
            pages.write(partial)
            partial.replace(self.index)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(
                f"the read index cannot be written: {reason}",
                where=str(self.folder),
                remedy="name a folder with --index",
            ) from error
        finally:
            partial.unlink(missing_ok=True)


def _make(path: Path, kept: Kept, connection: Connection, behind: bool) -> None:
    """Make what :meth:`Kept.made` returns; a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if behind and sys.platform != "win32":
        os.nice(_NICE)
    try:
        with Store.open(path) as store:
            kept.write(store, lambda *told: connection.send(told))
    except StoreError as error:
        connection.send(error)
