"""How often a place gets the right GeoNames entry and country, by a person's list of what the places are.

The list is a CSV file with one place a line: ``document`` (the file's name, with or without its suffix), ``name``
(several separated by vertical bars), ``country`` (ISO 3166 alpha-2, or empty) and ``geonames`` (a number, or ``none``
where GeoNames has no entry that a graph could lead to).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.errors import DataError, UsageError
from communique.evaluate.annotations import Names
from communique.evaluate.evaluation import opened
from communique.evaluate.found import FoundPlace, GraphReader
from communique.evaluate.likeness import best_likeness, pair
from communique.read import find_sources, read

_COLUMNS = ("document", "name", "country", "geonames")
_NONE = "none"
_ALIKE = 0.6  # the least likeness of two names of one place


@dataclass(frozen=True, slots=True)
class PlaceLabel:
    """What a person says a place in a document is; ``geonames`` is ``none`` where there is no entry for it."""

    document: str
    names: Names
    country: str
    geonames: str


@dataclass(frozen=True, slots=True)
class PlaceMistake:
    """A place whose entry (``what`` is ``geonames``) or ``country`` is not the one that the list has."""

    document: str
    place: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """How the places of a graph compare with a list.

    ``labelled`` counts the list's places, ``with_entry`` those of them that have one, ``found`` those that the graph
    has, ``linked`` those of them that lead to GeoNames, ``right`` those that lead to the right entry, ``country_right``
    those found in the right country (or in none, rightly).
    """

    labelled: int
    with_entry: int
    found: int
    linked: int
    right: int
    country_right: int
    mistakes: tuple[PlaceMistake, ...] = ()

    @property
    def precision(self) -> float:
        """The share of the linked places whose entry is the right one."""
        return self.right / self.linked if self.linked else 0.0

    @property
    def recall(self) -> float:
        """The share of the places that have an entry which lead to it."""
        return self.right / self.with_entry if self.with_entry else 0.0

    @property
    def country_share(self) -> float:
        """The share of the found places whose country is the right one."""
        return self.country_right / self.found if self.found else 0.0


def load_place_labels(path: Path) -> tuple[PlaceLabel, ...]:
    """Read a list of places.

    Raises:
        UsageError: the file cannot be read.
        DataError: it is no such list; says in which line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise DataError(
                    f"no column {missing[0]}", where=str(path), remedy=f"give the columns {', '.join(_COLUMNS)}"
                )
            return tuple(_label(row, f"{path}, line {reader.line_num}") for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"cannot be read: {error}", where=str(path), remedy="give a CSV file in UTF-8") from error


def _label(row: dict[str, str | None], where: str) -> PlaceLabel:
    values = {name: (row[name] or "").strip() for name in _COLUMNS}
    names = tuple(filter(None, map(str.strip, values["name"].split("|"))))
    if not values["document"] or not names:
        raise DataError("no document or no name", where=where, remedy="fill in both")
    if values["country"] and not re.fullmatch("[A-Z]{2}", values["country"]):
        raise DataError(f"country is {values['country']!r}", where=where, remedy="give two capitals, or leave it empty")
    if not re.fullmatch(rf"[1-9]\d*|{_NONE}", values["geonames"]):
        raise DataError(f"geonames is {values['geonames']!r}", where=where, remedy=f"give a number, or {_NONE}")
    return PlaceLabel(values["document"], names, values["country"], values["geonames"])


def evaluate_places(
    labels: Sequence[PlaceLabel],
    texts: Path,
    *,
    graph: Path | None = None,
    store: Path | None = None,
    authority: Sequence[Path] = (),
) -> PlaceFigures:
    """Compare the places of a graph with a list: a file's, a store's, or one that is built here and now.

    Args:
        labels: the list.
        texts: the folder of the documents that it is about.
        graph: a file of RDF, by default none.
        store: the folder of a store, by default none.
        authority: files with further authority records, for building.

    Raises:
        UsageError: a document of the list is not in the folder; both a graph and a store are named.
        DataError: the graph is not well-formed.
    """
    documents: dict[str, list[PlaceLabel]] = {}
    for label in labels:
        documents.setdefault(label.document, []).append(label)
    paths = {name: _path(texts, name) for name in documents}
    hashes = {name: next(iter(read(next(find_sources([path]))))).sha256 for name, path in paths.items()}
    store_, _ = opened(list(paths.values()), graph, store, authority)
    compared: list[tuple[PlaceLabel, FoundPlace]] = []
    with store_:
        reader = GraphReader(store_)
        for name, wanted in documents.items():
            said = reader.document(hashes[name])
            found = said.places if said is not None else ()
            names, others = [w.names for w in wanted], [f.names for f in found]
            compared += [(wanted[i], found[j]) for i, j in pair(names, others, best_likeness, _ALIKE)]
    return _figures(labels, compared)


def _path(texts: Path, name: str) -> Path:
    found = sorted(p for p in texts.glob("*") if name in (p.name, p.stem)) if texts.is_dir() else []
    if not found:
        raise UsageError(f"there is no document {name}", where=str(texts), remedy="name the folder of the documents")
    return found[0]


def _figures(labels: Sequence[PlaceLabel], compared: Iterable[tuple[PlaceLabel, FoundPlace]]) -> PlaceFigures:
    pairs = list(compared)
    mistakes = [mistake for label, found in pairs for mistake in _mistakes(label, found)]
    linked = [found for _, found in pairs if found.geonames]
    wrong = sum(mistake.what == "geonames" and mistake.found != _NONE for mistake in mistakes)
    return PlaceFigures(
        labelled=len(labels),
        with_entry=sum(label.geonames != _NONE for label in labels),
        found=len(pairs),
        linked=len(linked),
        right=len(linked) - wrong,
        country_right=len(pairs) - sum(mistake.what == "country" for mistake in mistakes),
        mistakes=tuple(sorted(mistakes, key=lambda m: (m.what, m.document, m.place))),
    )


def _mistakes(label: PlaceLabel, found: FoundPlace) -> Iterator[PlaceMistake]:
    for what, expected, said in (
        ("geonames", label.geonames, found.geonames or (_NONE,)),
        ("country", label.country, found.countries or ("",)),
    ):
        if expected not in said:
            yield PlaceMistake(label.document, label.names[0], what, expected or _NONE, ", ".join(said) or _NONE)
