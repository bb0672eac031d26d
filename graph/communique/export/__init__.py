"""Writers of the graph and its networks, one a format behind one function: :func:`export`.

The formats stand in :data:`FORMATS`. Whatever is written is the same, byte for byte, for the same graph.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

from communique.errors import ExportError, UsageError
from communique.export.formats import FORMATS, TAKEN, Format
from communique.export.options import Options
from communique.export.selection import PROFILES
from communique.network import VIEWS, view_parameters
from communique.store import Store

__all__ = ["FORMATS", "PROFILES", "VIEWS", "Format", "Options", "export", "unheeded"]


def export(store: Store, format: str, out: BinaryIO | Path | None = None, options: Options | None = None) -> list[Path]:
    """Write the graph, or a network of it, in a format.

    Args:
        store: the graph.
        format: a name from :data:`FORMATS`.
        out: a binary stream, a file, or nothing for standard output. A file is complete or not there; what stood there
            before stays until then. For ``csv`` a stream gets the edges, ``NAME.csv`` becomes ``NAME-nodes.csv`` and
            ``NAME-edges.csv``, a folder gets ``nodes.csv`` and ``edges.csv``. For ``table`` a file that ends in
            ``.xlsx`` is a spreadsheet. A name that ends as files of another format do is refused.
        options: view and groups of a network, profile, which statements, and whether to leave out the words of
            documents.

    Returns:
        The files that were written.

    Raises:
        UsageError: there is no such format, view or profile, the file's name promises another format, or ``since`` or
            ``until`` is no date.
        ExportError: the format or the file cannot be written.
    """
    chosen = FORMATS[_known("format", format, FORMATS)]
    options = options or Options()
    view_parameters(store, options.view, groups=options.groups, since=options.since, until=options.until)
    _known("profile", options.profile, PROFILES)
    if isinstance(out, Path) and not out.is_dir():
        _check_ending(chosen, out)
    if not isinstance(out, Path):
        chosen.write(store, out or sys.stdout.buffer, options)
        return []
    try:
        return _to_files(chosen, store, out, options)
    except OSError as error:
        raise ExportError(
            f"cannot be written: {error.strerror or error}", where=str(out), remedy="name another file"
        ) from error


def unheeded(format: str, options: Options) -> list[str]:
    """Return the names of the options that were chosen though the format does not heed them."""
    if format not in FORMATS:
        return []
    chosen = [each.name for each in fields(options) if getattr(options, each.name) != each.default]
    return [name for name in chosen if name not in FORMATS[format].heeds]


def _to_files(chosen: Format, store: Store, path: Path, options: Options) -> list[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file() and not path.is_dir():  # a device or pipe: written to, never replaced
        with path.open("wb") as stream:
            chosen.write(store, stream, options)
        return [path]
    if chosen.files is None:
        partial = _partial(path)
        try:
            with partial.open("wb") as stream:
                chosen.write(store, stream, options)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return [path]
    contents = chosen.files(store, path, options)
    for file, data in contents.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = _partial(file)
        partial.write_bytes(data)
        partial.replace(file)
    return list(contents)


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _check_ending(chosen: Format, path: Path) -> None:
    """Refuse a file whose name promises another format, before whoever opens it is misled."""
    ending = path.suffix.lower()
    if ending in TAKEN and ending not in chosen.endings:
        remedy = f"end the name in {' or '.join(chosen.endings)}"
        if fitting := [each.name for each in FORMATS.values() if ending in each.endings]:
            remedy += f", or choose the format {' or '.join(fitting)}"
        raise UsageError(
            f"{chosen.name} is not written to a file that ends in {ending}", where=str(path), remedy=remedy
        )


def _known(kind: str, name: str, known: Collection[str]) -> str:
    if name not in known:
        raise UsageError(f"there is no {kind} {name!r}", remedy=f"choose one of: {', '.join(known)}")
    return name
