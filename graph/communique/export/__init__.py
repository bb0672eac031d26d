"""Writers of the graph and its networks, one a format behind one function: :func:`export`.

The formats stand in :data:`FORMATS`. Whatever is written is the same, byte for byte, for the same graph.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, TypeVar

from communique.errors import ExportError, UsageError
from communique.export.formats import FORMATS, Format
from communique.export.options import Options
from communique.export.selection import PROFILES
from communique.network import VIEWS
from communique.store import Store

__all__ = ["FORMATS", "PROFILES", "VIEWS", "Format", "Options", "export"]

_Known = TypeVar("_Known")


def export(
    store: Store,
    format: str,  # noqa: A002 - the word that the command line uses
    *,
    out: BinaryIO | Path,
    view: str = "addresses",
    profile: str = "facts",
    without_text: bool = False,
) -> list[Path]:
    """Write the graph, or a network of it, in a format.

    Args:
        store: the graph.
        format: a name from :data:`FORMATS`.
        out: a binary stream or a file. Files are complete or not there; what stood there before stays until then.
            For ``csv`` a stream gets the edges, a file ``NAME.csv`` becomes ``NAME-nodes.csv`` and ``NAME-edges.csv``,
            and a folder gets ``nodes.csv`` and ``edges.csv``. For ``table`` a file that ends in ``.xlsx`` is a spreadsheet.
        view: which network (:data:`communique.network.VIEWS`), for the formats that show one.
        profile: how much of the graph (:data:`PROFILES`), for RDF.
        without_text: leave out the words of documents: ``nif:isString``, ``nif:anchorOf``, ``schema:text``.

    Returns:
        The files that were written.

    Raises:
        UsageError: there is no such format, view or profile.
        ExportError: the format or the file cannot be written.
    """
    chosen = _one_of("format", format, FORMATS)
    options = Options(_one_of("view", view, VIEWS).name, _known_profile(profile), without_text)
    if not isinstance(out, Path):
        chosen.write(store, out, options)
        return []
    try:
        return _to_files(chosen, store, out, options)
    except OSError as error:
        raise ExportError(
            f"cannot be written: {error.strerror or error}",
            where=str(error.filename or out),
            remedy="name another file with -o",
        ) from error


def _to_files(chosen: Format, store: Store, path: Path, options: Options) -> list[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
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


def _one_of(kind: str, name: str, known: dict[str, _Known]) -> _Known:
    if name not in known:
        raise UsageError(f"there is no {kind} {name!r}", remedy=f"choose one of: {', '.join(known)}")
    return known[name]


def _known_profile(name: str) -> str:
    return _one_of("profile", name, dict.fromkeys(PROFILES, name))
