"""Finds what there is to read: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from communique.errors import UsageError
from communique.model import Finding
from communique.read.reader import SUFFIXES
from communique.read.source import STDIN, Source

_SUFFIX = re.compile(r"\.\w{1,12}")  # what is longer or has blanks is the end of a name with a full stop in it
_PROGRAMS = frozenset({"node_modules", "site-packages", "__pycache__"})  # folders of what programs bring along
_NAMED = 6  # types of files that a note tells apart


def find_sources(
    paths: Sequence[str | Path], report: Callable[[Finding], None] | None = None, apart: Sequence[Path] = ()
) -> Iterator[Source]:
    """Return what the paths lead to: files as they are, folders with all that is in them, globs, ``-`` for stdin.

    Sources come sorted by name whatever the order of ``paths``, and no file twice. In folders only files of the known
    kinds count (:data:`SUFFIXES`), hidden ones never, nor what stands in folders of installed programs
    (``node_modules``, virtual environments) unless one is named. ``report`` is called for each path that is not there,
    folder or glob without documents and folder that cannot be read, as long as there is something else to read; and, as
    a note, once for each folder with files of other kinds or with such folders. Files at or below the paths ``apart``
    are known to be no documents: no note counts them.

    Raises:
        UsageError: there is nothing to read in any of the paths.
    """
    if not paths:
        raise UsageError("nothing to read", remedy="name files, folders or globs, or - for standard input")
    found: dict[str, Source] = {}
    problems: list[UsageError] = []
    notes: dict[str, Finding] = {}
    for path in paths:
        before = len(problems)
        others: list[str] = []
        programs: list[str] = []
        sources = list(_under(str(path), problems.append, others, programs))
        said = [_passed_over(strange)] if (strange := _suffixes(others, apart)) else []
        said += [f"not looked into: {', '.join(programs)} (name a folder to read it)"] if programs else []
        if said:
            notes[str(path)] = Finding(source=str(path), severity="info", message="; ".join(said))
        if not sources and len(problems) == before:
            problems.append(_nothing(str(path)))
        for source in sources:
            key = source.path if source.path == STDIN else os.path.realpath(source.path)
            # reached by two roots: the longer name says more, and the choice does not hang on the order of the paths
            held = found.get(key)
            if held is None or (len(source.name), source.name, source.path) > (len(held.name), held.name, held.path):
                found[key] = source
    if not found:
        raise problems[0]
    if report is not None:
        for error in problems:
            report(Finding(source=error.where, severity="error", message=f"{error.message} ({error.remedy})"))
        for path in sorted(notes):
            report(notes[path])
    return iter(sorted(found.values(), key=lambda s: (s.path == STDIN, s.name, s.path)))


def _under(
    path: str, problem: Callable[[UsageError], None], others: list[str], programs: list[str]
) -> Iterable[Source]:
    if path == STDIN:
        return [Source("stdin", STDIN)]
    if os.path.isdir(path):
        return _folder(path, problem, others, programs)
    if os.path.lexists(path):
        return [_source(path, os.path.basename(path))]
    if glob.has_magic(path):
        return _glob(path)
    remedy = "check the spelling; put names with spaces in quotes"
    problem(UsageError("no such file or folder", where=path, remedy=remedy))
    return []


def _folder(
    root: str, problem: Callable[[UsageError], None], others: list[str], programs: list[str]
) -> Iterator[Source]:
    for folder, folders, files in os.walk(root, onerror=lambda error: problem(_unreadable(error))):
        inside = sorted(name for name in folders if not name.startswith("."))
        folders[:] = [name for name in inside if not _of_programs(folder, name)]
        programs += [os.path.relpath(os.path.join(folder, name), root) for name in inside if name not in folders]
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.startswith(".") or not (os.path.isfile(path) or os.path.islink(path)):
                continue  # pipes too: one may wait for them for ever
            if PurePath(name).suffix.lower() in SUFFIXES:
                yield _source(path, os.path.relpath(path, root))
            else:
                others.append(path)


def _of_programs(folder: str, name: str) -> bool:
    """Return whether a folder holds installed programs: a package manager's, or a virtual environment."""
    return name in _PROGRAMS or os.path.exists(os.path.join(folder, name, "pyvenv.cfg"))


def _suffixes(files: Sequence[str], apart: Sequence[Path]) -> Counter[str]:
    """Count files by suffix, but for those at or below the paths that stand apart."""
    known = [os.path.realpath(path) for path in apart]
    counts: Counter[str] = Counter()
    for file in files:
        real = os.path.realpath(file)
        if not any(real == path or real.startswith(os.path.join(path, "")) for path in known):
            suffix = PurePath(file).suffix.lower()
            counts[suffix if _SUFFIX.fullmatch(suffix) else ""] += 1
    return counts


def _passed_over(others: Counter[str]) -> str:
    """Say how many files of which types are not read, the most frequent types by name."""
    ranked = sorted(others.items(), key=lambda item: (-item[1], item[0]))
    named = [f"{suffix or 'without suffix'} {number}" for suffix, number in ranked[:_NAMED]]
    if rest := sum(number for _, number in ranked[_NAMED:]):
        named.append(f"others {rest}")
    total = others.total()
    files = "1 file of another type was" if total == 1 else f"{total} files of other types were"
    return f"{files} passed over ({', '.join(named)})"


def _unreadable(error: OSError) -> UsageError:
    reason = (error.strerror or str(error)).lower()
    return UsageError(f"the folder cannot be read: {reason}", where=str(error.filename), remedy="check its permissions")


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
