"""Authority records: who is who among states, bodies, offices and instruments.

An :class:`Authority` holds the records of the package's CSV files (see ``README.md`` beside this module for their
columns) and of any files of the user's. It answers three questions: what is the record of this key, which records bear
this name, and where in a text do names of records stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from communique import resources
from communique.authority import national, turtle
from communique.authority.matcher import Match, Matcher, Pattern
from communique.authority.names import acronym_forms, acronym_key, name_key, variants
from communique.authority.record import Record
from communique.authority.rows import record_of, rows
from communique.errors import DataError
from communique.model import EntityType

__all__ = ["FILES", "Authority", "Match", "Record"]

FILES = ("states", "regions", "bodies", "offices", "instruments")
"""The package's own files of records, in the order in which they are read."""

_TURTLE = frozenset({".ttl", ".nt"})


class Authority:
    """The records at hand, with indexes over their keys, names, country codes and demonyms."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Index ``records``; one that repeats an earlier key takes its place."""
        self._records = {record.key: record for record in records}
        self._states: dict[str, Record] = {}
        self._names: dict[str, tuple[Record, ...]] = {}
        self._acronyms: dict[str, tuple[Record, ...]] = {}
        self._demonyms: dict[str, tuple[Record, ...]] = {}
        self._posts: dict[str, tuple[Record, ...]] = {}
        for record in self._records.values():
            self._index(record)
        self._matcher: Matcher[Record] | None = None
        # Texts name the same few things over and over.
        self._by_name = lru_cache(maxsize=16_384)(self._find_name)
        self._by_demonym = lru_cache(maxsize=16_384)(self._find_demonym)
        self._national = lru_cache(maxsize=16_384)(self._find_national)
        self._owner = lru_cache(maxsize=16_384)(self._find_owner)
        self._of_key = lru_cache(maxsize=16_384)(self._make)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Authority:
        """Return the package's authority, with the records of the user's own files added or put in their place.

        A file whose name ends in ``.ttl`` or ``.nt`` is read as Turtle, any other as CSV.

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
        """Whether there is a record of this key, kept or made from a pattern."""
        return isinstance(key, str) and self._record(key) is not None

    @property
    def records(self) -> Mapping[str, Record]:
        """All records by key."""
        return MappingProxyType(self._records)

    def get(self, key: str) -> Record:
        """Return the record of a key.

        Raises:
            KeyError: there is none; ask ``key in authority`` first.
        """
        found = self._record(key)
        if found is None:
            raise KeyError(key)
        return found

    def state(self, iso2: str) -> Record | None:
        """Return the state or territory with an ISO 3166 alpha-2 code, or ``None``."""
        return self._states.get(iso2)

    def by_name(self, name: str) -> tuple[Record, ...]:
        """Return the records that bear a name.

        Case, diacritics, a leading article, a closing possessive, spelling (organisation, organization) and usual
        abbreviations (UN, United Nations) make no difference. Acronyms count only as they are written.
        """
        return self._by_name(name)

    def national(self, name: str, type_: EntityType) -> Record | None:
        """Return the record of a state's usual body or office by its name ("Varenian Foreign Ministry"), or ``None``.

        Where a record is kept of the same thing, under a name of the pattern, that record is returned.
        """
        return self._national(name, type_)

    def post(self, title: str, body: str) -> Record | None:
        """Return the office of a body that is called so without the body's or its state's name, or ``None``.

        "Secretary of State" is one of the United States Department of State: a name of that office is "US Secretary of
        State", and "US" is the state's.
        """
        found = [r for r in self._posts.get(body, ()) if self._is_called(r, f" {name_key(title)}")]
        return found[0] if len(found) == 1 else None

    def owner(self, name: str) -> str:
        """Return the country code of the state that a body's name says it is of ("Varenian coast guard"), or ``""``."""
        return self._owner(name)

    def generated(self) -> Iterator[Record]:
        """Return the records that patterns make of all states, without those that a kept record stands for."""
        for state in (r for r in self._records.values() if r.type is EntityType.STATE):
            for role in national.roles().values():
                made = national.record(role, state)
                if made.key not in self._records and self._kept(made) is None:
                    yield made

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

    def _record(self, key: str) -> Record | None:
        return self._records.get(key) or self._of_key(key)

    def _make(self, key: str) -> Record | None:
        made = national.of_key(key, self._state_of_key)
        return replace(made, post_in=self._settled(made.post_in)) if made is not None else None

    def _settled(self, key: str) -> str:
        """Return the key of the kept record where one stands for a made one."""
        made = None if key in self._records else national.of_key(key, self._state_of_key)
        kept = self._kept(made) if made is not None else None
        return kept.key if kept is not None else key

    def _find_national(self, name: str, type_: EntityType) -> Record | None:
        made = national.of_name(name, type_, self._state_of_name)
        return (self._kept(made) or self._record(made.key)) if made is not None else None

    def _find_owner(self, name: str) -> str:
        found = national.owner(name, self._state_of_name)
        return found.country if found is not None else ""

    def _is_called(self, office: Record, ending: str) -> bool:
        """Return whether a name of an office is its body's or state's name and an ending."""
        named = (name_key(name) for name in (office.label, *office.names))
        owners = (key.removesuffix(ending).strip() for key in named if key.endswith(ending))
        return any(self._owns(owner, office) for owner in owners)

    def _owns(self, owner: str, office: Record) -> bool:
        state = self._state_of_name(owner) or self._state_of_name(owner.title()) or self._state_of_name(owner.upper())
        if state is not None:
            return state.country == office.country
        return any(record.key == office.post_in for record in self.by_name(owner))

    def _kept(self, made: Record) -> Record | None:
        """Return the one kept record of the same state, type and name."""
        for name in (made.label, *made.names):
            found = [r for r in self.by_name(name) if (r.type, r.country) == (made.type, made.country)]
            if len(found) == 1:
                return found[0]
        return None

    def _state_of_key(self, key: str) -> Record | None:
        found = self._records.get(key)
        return found if found is not None and found.type is EntityType.STATE else None

    def _state_of_name(self, name: str) -> Record | None:
        found = [r for r in (*self.by_name(name), *self.demonyms(name)) if r.type is EntityType.STATE]
        return found[0] if len(set(found)) == 1 else None

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
        for name in (record.label, *record.names, *_native(record)):
            _add(self._names, name_key(name), record)
        for acronym in record.acronyms:
            _add(self._acronyms, acronym_key(acronym), record)
        if record.post_in:
            self._posts[record.post_in] = (*self._posts.get(record.post_in, ()), record)
        for demonym in record.demonyms:
            _add(self._demonyms, name_key(demonym), record)


def _add(index: dict[str, tuple[Record, ...]], key: str, record: Record) -> None:
    held = index.get(key, ())
    if record not in held:
        index[key] = (*held, record)


def _native(record: Record) -> Iterator[str]:
    """Return the native names of a state that are no English words ("Island" is Iceland to Icelanders only)."""
    english = resources.words("common_words") | resources.words("place_stoplist")
    return (name for _, name in record.native if name_key(name) not in english)


def _patterns(records: Iterable[Record]) -> Iterator[Pattern[Record]]:
    for record in records:
        weak = set(record.weak)
        for name in dict.fromkeys((record.label, *record.names, *_native(record))):
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
        for line, row in resources.authority_lines(name):
            records.append(record_of(row, f"authority/{name}.csv, line {line}", default))
    for path in extra:
        given = turtle.rows(path) if path.suffix.lower() in _TURTLE else rows(path)
        records.extend(record_of(row, where, None) for row, where in given)
    authority = Authority(records)
    _check_references(authority)
    return authority


def _check_references(authority: Authority) -> None:
    for record in authority:
        for column, target in (("parent", record.parent), ("post_in", record.post_in)):
            if target and target not in authority:
                raise DataError(
                    f"{column} {target} is no record",
                    where=f"authority record {record.key}",
                    remedy="add that record or leave the column empty",
                )
