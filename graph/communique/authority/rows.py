"""Rows of a CSV file as records, each checked, with the place of every fault."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from communique.authority.names import is_name
from communique.authority.record import Record
from communique.errors import DataError
from communique.model import EntityType

_TYPES = {
    "place": EntityType.PLACE,
    "org": EntityType.ORG,
    "office": EntityType.OFFICE,
    "person": EntityType.PERSON,
    "instrument": EntityType.INSTRUMENT,
}
_COLUMNS = frozenset(
    {"key", "type", "label", "formal", "names", "acronyms", "weak", "demonyms", "kind", "country", "iso2", "iso3"}
    | {"parent", "post_in", "capital", "wikidata", "geonames", "lat", "lon", "m49", "native", "article"}
    | {"since", "until"}
)
_KEY = re.compile(r"(place|org|office|person|instrument)/[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_NATIVE = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]+)*)=(.+)")
_FORMS = {
    "wikidata": (re.compile(r"Q[1-9]\d*"), "Q and a number"),
    "geonames": (re.compile(r"[1-9]\d*"), "a number"),
    "country": (re.compile(r"[A-Z]{2}"), "an ISO 3166 alpha-2 code"),
    "iso2": (re.compile(r"[A-Z]{2}"), "an ISO 3166 alpha-2 code"),
    "iso3": (re.compile(r"[A-Z]{3}"), "an ISO 3166 alpha-3 code"),
    "m49": (re.compile(r"\d{1,3}"), "a number of up to three digits"),
    "since": (_DATE, "a year, month or day (ISO 8601)"),
    "until": (_DATE, "a year, month or day (ISO 8601)"),
    "parent": (re.compile(r"(?:org|place)/[a-z0-9-]+"), "the key of a body or state"),
    "post_in": (re.compile(r"(?:org|place)/[a-z0-9-]+"), "the key of a body or state"),
    "lat": (re.compile(r"-?\d+(?:\.\d+)?"), "degrees as a decimal number"),
    "lon": (re.compile(r"-?\d+(?:\.\d+)?"), "degrees as a decimal number"),
}


def rows(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Read a user's CSV file: each row with the place it stands at."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header: list[str] = []
            for cells in reader:
                if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                    continue
                where = f"{path}, line {reader.line_num}"
                if not header:
                    header = [cell.strip() for cell in cells]
                elif len(cells) != len(header):
                    raise DataError(
                        f"{len(cells)} cells where the header has {len(header)}",
                        where=where,
                        remedy="quote values that hold commas",
                    )
                else:
                    yield dict(zip(header, (cell.strip() for cell in cells), strict=True)), where
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataError(
            f"cannot be read: {reason}", where=str(path), remedy="give a CSV file in UTF-8 with a header line"
        ) from error


def record_of(row: Mapping[str, str], where: str, default: EntityType | None) -> Record:
    """Make a record from a row.

    Raises:
        DataError: a column is unknown, a value is missing or has the wrong form.
    """
    _check_row(row, where)
    key = row["key"]
    return Record(
        key=key,
        type=_type(row, where, default),
        label=row["label"],
        names=_list(row, "names"),
        acronyms=_list(row, "acronyms"),
        weak=_list(row, "weak"),
        demonyms=_list(row, "demonyms"),
        kind=row.get("kind", ""),
        country=row.get("country", "") or row.get("iso2", ""),
        iso3=row.get("iso3", ""),
        m49=row.get("m49", ""),
        formal=row.get("formal", ""),
        capital=row.get("capital", ""),
        parent=row.get("parent", ""),
        post_in=row.get("post_in", ""),
        wikidata=row.get("wikidata", ""),
        geonames=row.get("geonames", ""),
        native=_native(row, where),
        article=row.get("article", ""),
        since=row.get("since", ""),
        until=row.get("until", ""),
        lat=_degrees(row, "lat", 90, where),
        lon=_degrees(row, "lon", 180, where),
    )


def _check_row(row: Mapping[str, str], where: str) -> None:
    unknown = sorted(set(row) - _COLUMNS)
    if unknown:
        raise DataError(
            f"unknown column {', '.join(unknown)}", where=where, remedy=f"columns are {', '.join(sorted(_COLUMNS))}"
        )
    for column in ("key", "label"):
        if not row.get(column):
            raise DataError(f"no {column}", where=where, remedy="every record needs a key and a label")
    if not is_name(row["label"]):
        raise DataError(f"label {row['label']!r} names nothing", where=where, remedy="add what tells it from its like")
    if not _KEY.fullmatch(row["key"]):
        raise DataError(
            f"{row['key']!r} is no key",
            where=where,
            remedy="write place/, org/, office/, person/ or instrument/ and lower-case words joined by hyphens",
        )
    for column, (form, meaning) in _FORMS.items():
        value = row.get(column, "")
        if value and not form.fullmatch(value):
            raise DataError(f"{column} is {value!r}", where=where, remedy=f"give {meaning} or leave it empty")
    if row.get("since") and row.get("until") and row["since"] > row["until"]:
        raise DataError(
            f"since {row['since']} is after until {row['until']}", where=where, remedy="write the first date in since"
        )
    known = {row["label"], *_list(row, "names"), *_list(row, "acronyms")}
    stray = [name for name in _list(row, "weak") if name not in known]
    if stray:
        raise DataError(f"weak name {stray[0]!r} is none of its names", where=where, remedy="list it in names as well")


def _type(row: Mapping[str, str], where: str, default: EntityType | None) -> EntityType:
    natural = default or _TYPES[row["key"].partition("/")[0]]
    given = row.get("type", "")
    if not given:
        return natural
    if given == natural or (given == EntityType.STATE and natural is EntityType.PLACE):
        return EntityType(given)
    raise DataError(
        f"type {given!r} does not go with the key {row['key']}",
        where=where,
        remedy="leave type empty, or write state for a place that acts as one",
    )


def _list(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in row.get(column, "").split("|") if part.strip()))


def _native(row: Mapping[str, str], where: str) -> tuple[tuple[str, str], ...]:
    found = []
    for part in _list(row, "native"):
        form = _NATIVE.fullmatch(part)
        if form is None:
            raise DataError(f"native is {part!r}", where=where, remedy="write a language tag, = and the name: fr=Tchad")
        found.append((form.group(1), form.group(2)))
    return tuple(found)


def _degrees(row: Mapping[str, str], column: str, limit: int, where: str) -> float | None:
    value = row.get(column, "")
    if not value:
        return None
    degrees = float(value)
    if abs(degrees) > limit:
        raise DataError(f"{column} is {value}", where=where, remedy=f"give degrees from -{limit} to {limit}")
    return degrees
