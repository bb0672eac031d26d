"""The filter that every page shares, read from the address, and the statements that it lets through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np

from communique.errors import UsageError
from communique.serve.arrays import Mask
from communique.serve.index import Index
from communique.vocab import ETYPE, KIND

FACET_NAMES = ("issuer", "recipient", "kind", "etype", "place", "publisher")
_CONCEPTS = {"kind": KIND, "etype": ETYPE}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_MOST_VALUES = 50
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements are meant: all that fit every part; of the values of one part any will do."""

    q: str = ""
    issuer: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    etype: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    confidence: str = ""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Filter:
        """Return the filter in the parameters of an address; other parameters are not its business.

        Raises:
            UsageError: a date or confidence is none, or there are too many or too long values.
        """
        found: dict[str, list[str]] = {}
        for name, value in pairs:
            if value and name in _NAMES:
                found.setdefault(name, []).append(value)
        for name, values in found.items():
            _check(name, values)
        one = {name: found[name][-1] for name in ("q", "since", "until", "confidence") if name in found}
        many = {
            name: tuple(dict.fromkeys(found[name])) for name in (*FACET_NAMES, "entity", "statement") if name in found
        }
        return cls(**one, **many)  # type: ignore[arg-type]

    def values(self) -> Mapping[str, tuple[str, ...]]:
        """Return the parts that name entities or concepts."""
        return {name: getattr(self, name) for name in (*FACET_NAMES, "entity")}

    def __bool__(self) -> bool:
        """Return whether anything is filtered."""
        return any(getattr(self, each.name) for each in fields(self))


_NAMES = frozenset(each.name for each in fields(Filter))


def _check(name: str, values: list[str]) -> None:
    if len(values) > _MOST_VALUES or any(len(value) > _LONGEST for value in values):
        raise UsageError("too many or too long values", where=name, remedy=f"at most {_MOST_VALUES} of {_LONGEST}")
    if name in ("since", "until") and not _DATE.fullmatch(values[-1]):
        raise UsageError(f"{values[-1]!r} is no date", where=name, remedy="write YYYY, YYYY-MM or YYYY-MM-DD")
    if name == "confidence" and not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", values[-1]):
        raise UsageError(f"{values[-1]!r} is no confidence", where=name, remedy="write a number from 0 to 1")


def select(index: Index, chosen: Filter, without: str = "") -> Mask:
    """Return which statements a filter lets through; ``without`` leaves out one part (``period`` for the dates)."""
    mask = np.ones(index.size, dtype=np.bool_)
    for name, values in chosen.values().items():
        if values and name != without:
            mask &= index.facets[name].having(numbers(index, name, values), index.size)
    if chosen.statement:
        mask &= _among(index, chosen.statement)
    if chosen.q:
        mask &= _with_words(index, chosen.q)
    if without != "period":
        mask &= _within(index, chosen.since, chosen.until)
    if chosen.confidence and without != "confidence":
        mask &= index.confidence >= float(chosen.confidence) - 1e-6
    return mask


def _among(index: Index, statements: Iterable[str]) -> Mask:
    mask = np.zeros(index.size, dtype=np.bool_)
    found = (index.statement_number(iri(index.base, "statement", each)) for each in statements)
    mask[[number for number in found if number is not None]] = True
    return mask


def numbers(index: Index, name: str, values: Iterable[str]) -> list[int]:
    """Return the numbers of the values of a part: IRIs, IRIs relative to the base, or codes of concepts."""
    found = (index.node(iri(index.base, name, value)) for value in values)
    return [node.id for node in found if node]


def iri(base: str, name: str, value: str) -> str:
    """Return the IRI that a value means."""
    if re.match(r"https?://", value):
        return value
    return _CONCEPTS.get(name, base) + value


def _within(index: Index, since: str, until: str) -> Mask:
    mask = np.ones(index.size, dtype=np.bool_)
    if since:
        mask &= index.latest_day >= int(since.replace("-", "").ljust(8, "0"))
    if until:
        day = index.ints("day")
        mask &= (day > 0) & (day <= int(until.replace("-", "").ljust(8, "9")))
    return mask


def _with_words(index: Index, text: str) -> Mask:
    found = index.rows("SELECT rowid FROM words WHERE words MATCH ?", (match(text),)) if match(text) else []
    documents = np.zeros(int(index.ints("document").max(initial=-1)) + 2, dtype=np.bool_)
    documents[[row[0] for row in found if row[0] < len(documents)]] = True
    documents[-1] = False  # where statements without a document point to
    return documents[index.ints("document")]


def match(text: str) -> str:
    """Return the words of a search as FTS5 takes them: quoted, so that none is an operator; the last may go on."""
    words = [found[0].replace('"', "").strip() for found in re.finditer(r'"[^"]*"|\S+', text)]
    quoted = [f'"{word}"' for word in words if re.search(r"\w", word)]
    return " ".join(quoted) + ("*" if quoted and not text.rstrip().endswith('"') else "")
