"""Authority records: who is who among states, bodies, offices and instruments.

An :class:`Authority` holds the records of the package's CSV files (see ``README.md`` beside this module for their
columns) and of any files of the user's. It answers three questions: what is the record of this key, which records bear
this name, and where in a text do names of records stand.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from communique import resources
from communique.authority.matcher import Match, Matcher, Pattern
from communique.authority.names import acronym_forms, acronym_key, name_key, variants
from communique.errors import DataError
from communique.model import EntityType

__all__ = ["FILES", "Authority", "Match", "Record"]

FILES = ("states", "regions", "bodies", "offices", "instruments")
"""The package's own files of records, in the order in which they are read."""

_TYPES = {
    "place": EntityType.PLACE,
    "org": EntityType.ORG,
    "office": EntityType.OFFICE,
    "person": EntityType.PERSON,
    "instrument": EntityType.INSTRUMENT,
}
_COLUMNS = frozenset(
    {"key", "type", "label", "formal", "names", "acronyms", "weak", "demonyms", "kind", "country", "iso2", "iso3"}
    | {"parent", "post_in", "capital", "wikidata", "geonames", "lat", "lon"}
)
_KEY = re.compile(r"(place|org|office|person|instrument)/[a-z0-9]+(?:-[a-z0-9]+)*")
_FORMS = {
    "wikidata": (re.compile(r"Q[1-9]\d*"), "Q and a number"),
    "geonames": (re.compile(r"[1-9]\d*"), "a number"),
    "country": (re.compile(r"[A-Z]{2}"), "an ISO 3166 alpha-2 code"),
    "iso2": (re.compile(r"[A-Z]{2}"), "an ISO 3166 alpha-2 code"),
    "iso3": (re.compile(r"[A-Z]{3}"), "an ISO 3166 alpha-3 code"),
    "parent": (re.compile(r"(?:org|place)/[a-z0-9-]+"), "the key of a body or state"),
    "post_in": (re.compile(r"(?:org|place)/[a-z0-9-]+"), "the key of a body or state"),
    "lat": (re.compile(r"-?\d+(?:\.\d+)?"), "degrees as a decimal number"),
    "lon": (re.compile(r"-?\d+(?:\.\d+)?"), "degrees as a decimal number"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """One body, office, state, region, person or instrument that the authority knows.

    ``names`` are the names beside ``label``, ``acronyms`` those that are matched as written in capitals. ``weak`` are
    the names and acronyms among them that need support from the text around ("the Council", "CAR"). ``kind`` is what
    sort of thing it is (``court``, ``news agency``, ``sea``). ``parent`` is the key of the body it belongs to,
    ``post_in`` the key of the body or state an office is held in. ``country`` is an ISO 3166 alpha-2 code, or ``""``
    where none or several hold. ``lat`` and ``lon`` are degrees, ``None`` where unknown.
    """

    key: str
    type: EntityType
    label: str
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    iso3: str = ""
    formal: str = ""
    capital: str = ""
    parent: str = ""
    post_in: str = ""
    wikidata: str = ""
    geonames: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def all_names(self) -> tuple[str, ...]:
        """The label, the other names and the acronyms, each once, in this order."""
        return tuple(dict.fromkeys((self.label, *self.names, *self.acronyms)))


class Authority:
    """The records at hand, with indexes over their keys, names, country codes and demonyms."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Index ``records``; one that repeats an earlier key takes its place."""
        self._records = {record.key: record for record in records}
        self._states: dict[str, Record] = {}
        self._names: dict[str, tuple[Record, ...]] = {}
        self._acronyms: dict[str, tuple[Record, ...]] = {}
        self._demonyms: dict[str, tuple[Record, ...]] = {}
        for record in self._records.values():
            self._index(record)
        self._matcher: Matcher[Record] | None = None
        # Texts name the same few things over and over.
        self._by_name = lru_cache(maxsize=16_384)(self._find_name)
        self._by_demonym = lru_cache(maxsize=16_384)(self._find_demonym)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Authority:
        """Return the package's authority, with the records of the user's own CSV files added or put in their place.

        The result is kept for the life of the process: a second call with the same files costs nothing.

        Raises:
            DataError: a file cannot be read, or a row of it is malformed.
        """
        return _load(tuple(Path(path) for path in extra))

    def __len__(self) -> int:
        """The number of records."""
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        """The records, in the order in which they were read."""
        return iter(self._records.values())

    def __contains__(self, key: object) -> bool:
        """Whether there is a record of this key."""
        return key in self._records

    @property
    def records(self) -> Mapping[str, Record]:
        """All records by key."""
        return MappingProxyType(self._records)

    def get(self, key: str) -> Record:
        """Return the record of a key.

        Raises:
            KeyError: there is none; ask ``key in authority`` first.
        """
        return self._records[key]

    def state(self, iso2: str) -> Record | None:
        """Return the state or territory with an ISO 3166 alpha-2 code, or ``None``."""
        return self._states.get(iso2)

    def by_name(self, name: str) -> tuple[Record, ...]:
        """Return the records that bear a name.

        Case, diacritics, a leading article, a closing possessive, spelling (organisation, organization) and usual
        abbreviations (UN, United Nations) make no difference. Acronyms count only as they are written.
        """
        return self._by_name(name)

    def demonyms(self, word: str) -> tuple[Record, ...]:
        """Return the states whose people or adjective a capitalised word is ("Congolese" has two)."""
        return self._by_demonym(word) if word[:1].isupper() else ()

    def demonym(self, word: str) -> str:
        """Return the country code a demonym stands for, or ``""`` where it is none or stands for several."""
        found = self.demonyms(word)
        return found[0].country if len(found) == 1 else ""

    def matches(self, text: str, upper: bool = False) -> list[Match[Record]]:
        """Return where names of records stand in a text: leftmost, longest, whole words, as their case is written.

        With ``upper``, for text that is written in capitals, names are found in capitals as well.
        """
        if self._matcher is None:
            self._matcher = Matcher(_patterns(self._records.values()))
        return self._matcher.find(text, upper=upper)

    def _find_name(self, name: str) -> tuple[Record, ...]:
        found = self._acronyms.get(acronym_key(name), ()) + self._names.get(name_key(name), ())
        return tuple(dict.fromkeys(found))

    def _find_demonym(self, word: str) -> tuple[Record, ...]:
        key = name_key(word)
        found = self._demonyms.get(key) or (self._demonyms.get(key[:-1]) if key.endswith("s") else None)
        return found or tuple(r for r in self._acronyms.get(acronym_key(word), ()) if r.type is EntityType.STATE)

    def _index(self, record: Record) -> None:
        if record.type is EntityType.STATE and record.country:
            self._states.setdefault(record.country, record)
        for name in (record.label, *record.names):
            _add(self._names, name_key(name), record)
        for acronym in record.acronyms:
            _add(self._acronyms, acronym_key(acronym), record)
        for demonym in record.demonyms:
            _add(self._demonyms, name_key(demonym), record)


def _add(index: dict[str, tuple[Record, ...]], key: str, record: Record) -> None:
    held = index.get(key, ())
    if record not in held:
        index[key] = (*held, record)


def _patterns(records: Iterable[Record]) -> Iterator[Pattern[Record]]:
    for record in records:
        weak = set(record.weak)
        for name in dict.fromkeys((record.label, *record.names)):
            for form in variants(name):
                yield Pattern(form, name, record, weak=name in weak)
        for acronym in record.acronyms:
            for form in acronym_forms(acronym):
                yield Pattern(form, acronym, record, weak=acronym in weak, acronym=True)


@cache
def _load(extra: tuple[Path, ...]) -> Authority:
    records: list[Record] = []
    for name in FILES:
        default = EntityType.STATE if name == "states" else None
        for number, row in enumerate(resources.authority(name), start=1):
            records.append(_record(row, f"authority/{name}.csv, record {number}", default))
    for path in extra:
        records.extend(_record(row, where, None) for row, where in _rows(path))
    authority = Authority(records)
    _check_references(authority)
    return authority


def _rows(path: Path) -> Iterator[tuple[dict[str, str], str]]:
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


def _record(row: Mapping[str, str], where: str, default: EntityType | None) -> Record:
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
        formal=row.get("formal", ""),
        capital=row.get("capital", ""),
        parent=row.get("parent", ""),
        post_in=row.get("post_in", ""),
        wikidata=row.get("wikidata", ""),
        geonames=row.get("geonames", ""),
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


def _degrees(row: Mapping[str, str], column: str, limit: int, where: str) -> float | None:
    value = row.get(column, "")
    if not value:
        return None
    degrees = float(value)
    if abs(degrees) > limit:
        raise DataError(f"{column} is {value}", where=where, remedy=f"give degrees from -{limit} to {limit}")
    return degrees


def _check_references(authority: Authority) -> None:
    for record in authority:
        for column, target in (("parent", record.parent), ("post_in", record.post_in)):
            if target and target not in authority:
                raise DataError(
                    f"{column} {target} is no record",
                    where=f"authority record {record.key}",
                    remedy="add that record or leave the column empty",
                )
