"""What is on record of sources: which need not be read again, which are gone, which are out of date; taking out."""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any

from communique.errors import UsageError
from communique.read import MAX_BYTES, STDIN, Source
from communique.store import Change, Entry, Store, sync

TRIG_MARK = ".graph.trig.unwritten"
"""The file beside ``graph.trig`` that is there as long as that is not up to date."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """What a file holds now, by its hash; ``sha256`` is empty for what cannot be read or is too large."""

    sha256: str = ""
    size: int = 0
    modified: int = 0


def location(source: Source) -> str:
    """Return the absolute path of a source, by which the manifest knows it."""
    return STDIN if source.path == STDIN else os.path.realpath(source.path)


def bytes_of(path: str) -> Bytes:
    """Return the size, time and hash of a file; its bytes are hashed, whatever size and time say."""
    try:
        found = os.stat(path)
        if not os.path.isfile(path) or found.st_size > MAX_BYTES:
            return Bytes()
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return Bytes()
    return Bytes(digest, found.st_size, found.st_mtime_ns)


def surer(one: str, other: str) -> str:
    """Return which of two names of one file says more: the choice does not hang on the order of builds."""
    return max(one, other, key=lambda name: (len(name), name))


# -- what is gone ---------------------------------------------------------------------------------------------------


def gone(store: Store, paths: Sequence[str | Path]) -> list[Entry]:
    """Return the entries of files that lay at or under some paths and are no more; those of other places never."""
    inputs = [str(path) for path in paths if str(path) != STDIN]
    return [
        entry
        for entry in store.entries()
        if os.path.isabs(entry.location)
        and not os.path.lexists(entry.location)
        and any(_covers(path, entry.location) for path in inputs)
    ]


def _covers(path: str, place: str) -> bool:
    if not glob.has_magic(path) or os.path.lexists(path):
        root = os.path.realpath(path)
        return place == root or place.startswith(os.path.join(root, ""))
    root = path
    while glob.has_magic(root):
        root = os.path.dirname(root)
    pattern = PurePath(os.path.relpath(path, root or ".")).parts
    top = os.path.realpath(root or ".")
    return place.startswith(os.path.join(top, "")) and _matches(PurePath(os.path.relpath(place, top)).parts, pattern)


def _matches(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Return whether the parts of a path fit those of a glob, ``**`` standing for any number of folders."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[at:], pattern[1:]) for at in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def prune(store: Store, paths: Sequence[str | Path]) -> list[Entry]:
    """Withdraw the sources that are gone from under some paths; return their entries."""
    found = gone(store, paths)
    for entry in found:
        store.commit([Change(entry.location)])
    return found


def strike_off(store: Store) -> None:
    """Take off the record what failed, never gave a document and is there no more."""
    for entry in store.failures():
        if not entry.documents and os.path.isabs(entry.location) and not os.path.lexists(entry.location):
            store.commit([Change(entry.location)])


# -- documents by name ----------------------------------------------------------------------------------------------


def chosen(store: Store, names: Sequence[str]) -> list[str]:
    """Return the ids of documents that are named by id, IRI or source.

    Raises:
        UsageError: one of the names is no document's.
    """
    known = {
        each: {each, f"{store.base}doc/{each}", f"doc/{each}", *store.sources(each)} for each in store.document_ids()
    }
    missing = [name for name in names if not any(name in own for own in known.values())]
    if missing:
        near = get_close_matches(missing[0], sorted({n for own in known.values() for n in own}), n=1)
        hint = f"did you mean {near[0]}?" if near else "`communique query statements` lists sources and documents"
        raise UsageError("the graph has no such document", where=missing[0], remedy=hint)
    wanted = set(names)
    return [each for each, own in known.items() if own & wanted]


# -- backups --------------------------------------------------------------------------------------------------------


def backup(store: str | Path, target: str | Path) -> int:
    """Write what a store holds now into a new folder; return how many documents that are.

    Raises:
        StoreError: the folder exists or cannot be written.
    """
    with Store.open(store) as opened, opened.snapshot(target) as copy:
        sync(Path(target))
        return len(copy.document_ids())


def restore(source: str | Path, store: str | Path) -> int:
    """Put a backup in the place of a store; return how many documents it has.

    Raises:
        NoStoreError: there is no backup.
        StoreError: another process writes the store, or it cannot be written.
    """
    Store.restore(source, store)
    output = Path(store).parent
    if (output / "graph.trig").exists():
        (output / TRIG_MARK).touch()
    with Store.open(store) as opened:
        return len(opened.document_ids())


# -- status ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stale:
    """A source whose documents may not say what it says now, and why."""

    source: str
    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class Status:
    """What is on record of a store: how much, what failed, what is out of date."""

    revision: int
    documents: int
    sources: int
    failed: tuple[Entry, ...]
    stale: tuple[Stale, ...]
    unrecorded: int
    findings: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """Return the status as JSON has it."""
        return {
            "revision": self.revision,
            "documents": self.documents,
            "sources": self.sources,
            "failed": [entry.as_dict() for entry in self.failed],
            "stale": [{"source": s.source, "location": s.location, "reason": s.reason} for s in self.stale],
            "unrecorded": self.unrecorded,
            "findings": self.findings,
        }


def status(store: Store, extractor: str) -> Status:
    """Say how a store stands to its sources as they are now, each file hashed.

    Args:
        store: the store.
        extractor: the version of the program and its data that documents should have been read by.
    """
    held: set[str] = set()
    number, stale = 0, []
    findings = Counter[str]()
    for entry in store.entries():
        number += 1
        findings.update(entry.findings)
        held.update(entry.documents)
        stale += [Stale(entry.source, entry.location, reason) for reason in _stale(entry, extractor)]
    documents = store.document_ids()
    loose = sum(1 for name in documents if name not in held)
    stale.sort(key=lambda each: (each.source, each.location))
    return Status(store.revision, len(documents), number, tuple(store.failures()), tuple(stale), loose, dict(findings))


def _stale(entry: Entry, extractor: str) -> Iterator[str]:
    if not entry.documents:
        return
    if os.path.isabs(entry.location):
        if not os.path.lexists(entry.location):
            yield "the file is gone"
        elif entry.failed:
            yield "the file was edited and cannot be read since"
        elif bytes_of(entry.location).sha256 != entry.sha256:
            yield "the file was edited since"
    if entry.extractor != extractor:
        yield "it was read by another version of the program or its data, or with other options (--authority, --ner)"
