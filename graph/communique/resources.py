"""Finds the data files that ship with the package: shapes, queries, authority records, lexicons.

The only module that uses :mod:`importlib.resources`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from communique.errors import DataError, UsageError


def shape(name: str) -> str:
    """Return the text of the Turtle file ``shapes/NAME.ttl``.

    Raises:
        UsageError: there is no such file.
    """
    return _text(files("communique.shapes"), f"{name}.ttl")


def query(name: str) -> str:
    """Return the text of the named query ``queries/NAME.rq``.

    Raises:
        UsageError: there is no such query.
    """
    return _text(files("communique.queries"), f"{name}.rq")


def query_names() -> list[str]:
    """Return the names of all named queries, sorted."""
    return sorted(p.name.removesuffix(".rq") for p in files("communique.queries").iterdir() if p.name.endswith(".rq"))


def authority(name: str) -> list[dict[str, str]]:
    """Return the rows of ``authority/NAME.csv``, each a mapping from column to (stripped) value.

    Lines that begin with ``#`` are comments.

    Raises:
        UsageError: there is no such file.
        DataError: a row has more or fewer cells than the header.
    """
    return _rows(files("communique.authority"), f"{name}.csv")


def lexicon(name: str) -> list[dict[str, str]]:
    """Return the rows of ``authority/lexicon/NAME.csv`` (see :func:`authority` for the format)."""
    return _rows(files("communique.authority") / "lexicon", f"{name}.csv")


@cache
def words(name: str, column: str = "word") -> frozenset[str]:
    """Return one column of a lexicon as a set of lower-case words or phrases."""
    return frozenset(row[column].lower() for row in lexicon(name) if row[column])


def asset(package: str, name: str) -> str:
    """Return the text of another data file, ``communique/PACKAGE/NAME`` (a page template, a JSON-LD context)."""
    return _text(files(f"communique.{package}"), name)


def _text(folder: Traversable, name: str) -> str:
    path = folder / name
    if not path.is_file():
        raise UsageError(f"there is no {name}", where=str(folder), remedy="see `communique query --list` for queries")
    return path.read_text(encoding="utf-8")


def _rows(folder: Traversable, name: str) -> list[dict[str, str]]:
    return list(_parse(_text(folder, name), name))


def _parse(text: str, name: str) -> Iterator[dict[str, str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.reader(lines)
    header = [cell.strip() for cell in next(reader, [])]
    for number, cells in enumerate(reader, start=2):
        if len(cells) != len(header):
            raise DataError(
                f"row {number} has {len(cells)} cells, the header {len(header)}: {','.join(cells)[:80]}",
                where=name,
                remedy="quote values that hold commas",
            )
        yield dict(zip(header, (cell.strip() for cell in cells), strict=True))
