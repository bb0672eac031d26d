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
    return [row for _, row in authority_lines(name)]


def authority_lines(name: str) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of ``authority/NAME.csv`` (see :func:`authority`), each with the number of its line."""
    return list(_parse(_text(files("communique.authority"), f"{name}.csv"), f"{name}.csv"))


def lexicon(name: str) -> list[dict[str, str]]:
    """Return the rows of ``authority/lexicon/NAME.csv`` (see :func:`authority` for the format)."""
    return _rows(files("communique.authority") / "lexicon", f"{name}.csv")


def table(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of ``PACKAGE/NAME.csv`` (see :func:`authority` for the format)."""
    return _rows(files(f"communique.{package}"), f"{name}.csv")


@cache
def words(name: str, column: str = "word") -> frozenset[str]:
    """Return one column of a lexicon as a set of lower-case words or phrases."""
    return frozenset(row[column].lower() for row in lexicon(name) if row[column])


@cache
def words_of(*names: str) -> frozenset[str]:
    """Return the words of several lexicons as one set: made once, for questions that are asked of every token."""
    return frozenset().union(*map(words, names))


def asset(package: str, name: str) -> str:
    """Return the text of another data file, ``communique/PACKAGE/NAME`` (a page template, a JSON-LD context)."""
    return _text(files(f"communique.{package}"), name)


def _text(folder: Traversable, name: str) -> str:
    path = folder / name
    if not path.is_file():
        raise UsageError(f"there is no {name}", where=str(folder), remedy="see `communique query --list` for queries")
    return path.read_text(encoding="utf-8")


def _rows(folder: Traversable, name: str) -> list[dict[str, str]]:
    return [row for _, row in _parse(_text(folder, name), name)]


def _parse(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV text below its header, each with the number of its line; a row fills one line."""
    numbered = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    reader = csv.reader(line for _, line in numbered)
    header = [cell.strip() for cell in next(reader, [])]
    for (number, _), cells in zip(numbered[1:], reader, strict=True):
        if len(cells) != len(header):
            raise DataError(
                f"{len(cells)} cells where the header has {len(header)}: {','.join(cells)[:80]}",
                where=f"{name}, line {number}",
                remedy="quote values that hold commas",
            )
        yield number, dict(zip(header, map(str.strip, cells), strict=True))
