"""Finds what there is to read: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from communique.errors import UsageError
from communique.model import Finding
from communique.read.reader import SUFFIXES
from communique.read.source import STDIN, Source


def find_sources(paths: Sequence[str | Path], report: Callable[[Finding], None] | None = None) -> Iterator[Source]:
    """Return what the paths lead to: files as they are, folders with all that is in them, globs, ``-`` for stdin.

    Sources come sorted by name whatever the order of ``paths``, and no file twice. In folders only files of the known
    kinds count (:data:`SUFFIXES`), hidden ones never. ``report`` is called for a folder or glob without documents when
    others have some; without ``report`` nothing is said.

    Raises:
        UsageError: a path does not exist, or there is nothing to read in any of them.
    """
    if not paths:
        raise UsageError("nothing to read", remedy="name files, folders or globs, or - for standard input")
    found: dict[str, Source] = {}
    empty: list[UsageError] = []
    for path in paths:
        sources = list(_under(str(path)))
        if not sources:
            empty.append(_nothing(str(path)))
        for source in sources:
            key = source.path if source.path == STDIN else os.path.realpath(source.path)
            # reached by two roots: the longer name says more, and the choice does not hang on the order of the paths
            held = found.get(key)
            if held is None or (len(source.name), source.name, source.path) > (len(held.name), held.name, held.path):
                found[key] = source
    if not found:
        raise empty[0]
    if report is not None:
        for error in empty:
            report(Finding(source=error.where, severity="warning", message=f"{error.message} ({error.remedy})"))
    return iter(sorted(found.values(), key=lambda s: (s.path == STDIN, s.name, s.path)))


def _under(path: str) -> Iterable[Source]:
    if path == STDIN:
        return [Source("stdin", STDIN)]
    if os.path.isdir(path):
        return _folder(path)
    if os.path.lexists(path):
        return [_source(path, os.path.basename(path))]
    if glob.has_magic(path):
        return _glob(path)
    raise UsageError("no such file or folder", where=path, remedy="check the spelling; put names with spaces in quotes")


def _folder(root: str) -> Iterator[Source]:
    for folder, folders, files in os.walk(root, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(folder, name)
            if not name.startswith(".") and PurePath(name).suffix.lower() in SUFFIXES:
                yield _source(path, os.path.relpath(path, root))


def _unreadable(error: OSError) -> None:
    reason = (error.strerror or str(error)).lower()
    raise UsageError(
        f"the folder cannot be read: {reason}", where=str(error.filename), remedy="check its permissions"
    ) from error


def _glob(pattern: str) -> Iterator[Source]:
    root = pattern
    while glob.has_magic(root):
        root = os.path.dirname(root)
    for path in sorted(glob.glob(pattern, recursive=True)):
        if os.path.isfile(path):
            yield _source(path, os.path.relpath(path, root or "."))


def _source(path: str, name: str) -> Source:
    shown = PurePath(name).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return Source(shown, path, PurePath(path).suffix.lower())


def _nothing(path: str) -> UsageError:
    wanted = ", ".join(sorted(SUFFIXES))
    if glob.has_magic(path) and not os.path.isdir(path):
        return UsageError("no file matches", where=path, remedy="check the pattern")
    return UsageError("no documents in this folder", where=path, remedy=f"looked for {wanted}, in subfolders too")
