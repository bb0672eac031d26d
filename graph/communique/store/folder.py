"""The folder of a store on disk: its marker, who may write, and the checkpoints that readers get.

::

    store/communique.json        the marker: that this is a store, its layout, the base of its IRIs; a writer locks it
    store/unfinished             there while somebody writes, and after a writer that was killed
    store/readers/000000000042/  a checkpoint of revision 42: what readers open while somebody writes
    store/*.sst, CURRENT, ...    RocksDB's own

A checkpoint is made of hard links to RocksDB's files, which never change once written: it takes milliseconds and
hardly any space. Whoever reads one locks its marker, and it is taken away only when nobody does.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Literal

from communique.errors import NoStoreError, StoreError
from communique.store import spool

MARKER = "communique.json"
LAYOUT = 2
"""Version of the store's layout: 2 has a manifest and checkpoints. Writers migrate a store of layout 1."""

UNFINISHED = "unfinished"
READERS = "readers"
_TRIES = 3

Mode = Literal["read", "write"]

# What Oxigraph raises: a RuntimeError where RocksDB finds damage or an argument it does not like.
FOREIGN = (OSError, RuntimeError)


def found(path: Path, base: str) -> None:
    """Make a new store's folder and its marker; a folder with other things in it is left alone."""
    if path.is_dir() and any(path.iterdir()):
        raise StoreError(
            "the folder holds something else than a store", where=str(path), remedy="choose another output folder"
        )
    path.mkdir(parents=True, exist_ok=True)
    mark(path, base)


def mark(path: Path, base: str) -> None:
    """Write a folder's marker."""
    text = json.dumps({"format": "communique store", "layout": LAYOUT, "base": base}, indent=1)
    partial = path / f".{MARKER}"
    partial.write_text(f"{text}\n", encoding="utf-8")
    partial.replace(path / MARKER)


def described(path: Path, base: str | None) -> tuple[str, int]:
    """Return the base and layout that a folder's marker names; refuse another base and layouts that are not known."""
    where = str(path)
    try:
        read = json.loads((path / MARKER).read_text(encoding="utf-8"))
        layout, known = int(read["layout"]), str(read["base"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"its file {MARKER} is damaged: {error}", where=where, remedy="build into a new folder"
        ) from error
    if layout > LAYOUT:
        raise StoreError("a later version of communique made it", where=where, remedy="update communique")
    if layout < 1:
        raise StoreError("its layout is not known", where=where, remedy="build into a new folder")
    if base is not None and base != known:
        raise StoreError(
            f"its IRIs begin with {known}, not {base}",
            where=where,
            remedy=f"build with --base {known}, or into another folder",
        )
    return known, layout


def locked(path: Path, mode: Mode) -> IO[str]:
    """Return a folder's marker, open and locked: alone for a writer, shared among readers.

    Raises:
        StoreError: another process has it.
    """
    handle = (path / MARKER).open("r+" if mode == "write" else "r", encoding="utf-8")
    if sys.platform != "win32":
        import fcntl

        with closing_on_error(handle):
            try:
                fcntl.flock(handle, (fcntl.LOCK_EX if mode == "write" else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise busy(path) from error
    return handle


def migrated(path: Path, base: str, lock: IO[str]) -> IO[str]:
    """Bring a locked store of layout 1 up to this one; return the lock of its new marker.

    Layout 1 had no manifest. Its documents stay, without a source on record until a build meets their files again.
    """
    with lock:
        mark(path, base)
        return locked(path, "write")


def tidy(path: Path) -> None:
    """Take away what a writer that was killed has left in a locked store: files that RocksDB never took."""
    for stray in (*path.glob("bulk-*.sst"), path / spool.NAME):
        stray.unlink(missing_ok=True)


# -- restoring ------------------------------------------------------------------------------------------------------


def exchange(fresh: Path, path: Path) -> None:
    """Put a folder in the place of another, which is kept under a hidden name until that is done."""
    aside = _aside(path)
    shutil.rmtree(aside, ignore_errors=True)
    sync(fresh)
    if path.exists():
        path.rename(aside)
    fresh.rename(path)
    sync(path.parent, deep=False)
    shutil.rmtree(aside, ignore_errors=True)


def recover(path: Path) -> None:
    """Undo an exchange that was cut short between its two steps."""
    aside = _aside(path)
    if (aside / MARKER).exists() and not path.exists():
        locked(aside, "write").close()  # whoever exchanges has it locked
        aside.rename(path)


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.replaced")


def sync(path: Path, *, deep: bool = True) -> None:
    """Make sure that a folder, and with ``deep`` all that is in it, is on the disk."""
    for each in [*(path.rglob("*") if deep else ()), path]:
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# -- checkpoints ----------------------------------------------------------------------------------------------------


def to_read(path: Path) -> tuple[Path, IO[str]]:
    """Return the folder that a reader of a store is to open, with the lock that keeps it there.

    That is the latest checkpoint, whether or not somebody writes. A writer that was killed has left none of what it
    did: the store itself is read then, and kept from writers as long as that goes on. So it is where nobody has
    written yet.

    Raises:
        StoreError: somebody writes, and there is no checkpoint yet.
    """
    if (path / UNFINISHED).exists():
        with contextlib.suppress(StoreError):
            return path, locked(path, "read")
    for _ in range(_TRIES):  # a checkpoint may be taken away between the look and the lock: there is a later one then
        for checkpoint in reversed(checkpoints(path)):
            with contextlib.suppress(StoreError, OSError):
                lock = locked(checkpoint, "read")
                if os.fstat(lock.fileno()).st_nlink:
                    return checkpoint, lock
                lock.close()
    return path, locked(path, "read")


def checkpoints(path: Path) -> list[Path]:
    """Return the checkpoints of a store, the oldest first; their names are revisions."""
    return sorted(each for each in (path / READERS).glob("[0-9]*") if (each / MARKER).exists())


def published(path: Path) -> int:
    """Return the revision of the latest checkpoint, -1 where there is none."""
    found = checkpoints(path)
    return int(found[-1].name) if found else -1


def publish(path: Path, base: str, revision: int, backup: Callable[[str], None]) -> None:
    """Make a checkpoint of a store for its readers, and take away the older ones that nobody reads any more.

    Args:
        path: the store's folder, which the caller has locked to write.
        base: what its IRIs begin with.
        revision: the revision that it has now.
        backup: writes a checkpoint into a new folder.
    """
    (path / READERS).mkdir(exist_ok=True)
    copy(path / READERS / f"{revision:012}", base, backup)
    for old in (path / READERS).iterdir():
        if old.name != f"{revision:012}":
            with contextlib.suppress(StoreError, OSError):  # in use
                if (old / MARKER).exists():
                    locked(old, "write").close()
                shutil.rmtree(old)


def copy(target: Path, base: str, backup: Callable[[str], None]) -> None:
    """Write a checkpoint with a marker of its own; it is there whole or not at all."""
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        backup(str(partial))
        mark(partial, base)
        partial.replace(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


# -- errors ---------------------------------------------------------------------------------------------------------


def missing(path: Path) -> StoreError:
    """Return the error for a folder that is no store; an output folder has one in it."""
    inside = path / "store"
    near = f"did you mean {inside}?" if (inside / MARKER).exists() else ""
    return NoStoreError(
        "there is no store here",
        where=str(path),
        remedy=near or "run `communique build PATH...` first, or name the folder of one",
    )


def busy(path: Path) -> StoreError:
    """Return the error for a store that another process has."""
    return StoreError(
        "the store is in use by another process", where=str(path), remedy="wait until it has finished, or stop it"
    )


@contextlib.contextmanager
def closing_on_error(handle: IO[str]) -> Iterator[None]:
    """Close a file when the block raises."""
    try:
        yield
    except BaseException:
        handle.close()
        raise


@contextlib.contextmanager
def mapping(path: Path | None) -> Iterator[None]:
    """Turn errors of the system and of Oxigraph into a :class:`StoreError`."""
    try:
        yield
    except FOREIGN as error:
        raise mapped(error, path) from error


def mapped(error: OSError | RuntimeError, path: Path | None) -> StoreError:
    """Return a system error as a :class:`StoreError` that says what to do."""
    text = str(error)
    if path is not None and ("lock hold" in text or "While lock file" in text):
        return busy(path)
    reason = (error.strerror if isinstance(error, OSError) else None) or text
    return StoreError(
        f"cannot be opened or written: {reason}",
        where=str(path or "memory"),
        remedy="check the path, its permissions and the free space",
    )
