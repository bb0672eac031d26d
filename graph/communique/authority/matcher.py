"""Finding many names in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import ahocorasick_rs

from communique.authority.names import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pattern(Generic[T]):
    """One writing of a name: ``form`` is looked for, ``name`` is the name it is a writing of, ``item`` bears it."""

    form: str
    name: str
    item: T
    weak: bool = False
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A name found at ``[begin, end)``, with all that bear it, in the order of the patterns.

    ``weak`` says that the name needs support from the text around it for every one of them.
    """

    begin: int
    end: int
    name: str
    items: tuple[T, ...]
    weak: bool = False
    acronym: bool = False

    @property
    def records(self) -> tuple[T, ...]:
        """The same as ``items``: the records that bear the name."""
        return self.items


class Matcher(Generic[T]):
    """An automaton over the forms of many names; whole words only, leftmost and longest."""

    def __init__(self, patterns: Iterable[Pattern[T]]) -> None:
        """Build the automaton for mixed-case text; the one for capitals is built when first needed."""
        self._by_form: dict[str, list[Pattern[T]]] = {}
        for pattern in patterns:
            held = self._by_form.setdefault(fold(pattern.form), [])
            if all(pattern.item is not other.item for other in held):
                held.append(pattern)
        self._forms = list(self._by_form)
        self._automaton = _automaton(self._forms)

    def find(self, text: str, upper: bool = False) -> list[Match[T]]:
        """Return the matches in a text, in order and free of overlaps; offsets are code points."""
        folded = fold(text)
        hits = _whole_words(folded, self._automaton.find_matches_as_indexes(folded, overlapping=True))
        found = [(begin, end, self._forms[index]) for index, begin, end in hits]
        if upper:
            forms, automaton = self._capitals
            hits = _whole_words(folded, automaton.find_matches_as_indexes(folded, overlapping=True))
            found.extend((begin, end, forms[index]) for index, begin, end in hits)
        return [self._match(*hit) for hit in _longest(found)]

    @cached_property
    def _capitals(self) -> tuple[list[str], ahocorasick_rs.AhoCorasick]:
        """The forms that change in capitals (each the first that gives its capitals), and their automaton."""
        first = {form.upper(): form for form in reversed(self._forms) if form.upper() != form}
        return list(first.values()), _automaton(list(first))

    def _match(self, begin: int, end: int, form: str) -> Match[T]:
        patterns = self._by_form[form]
        strong = [p for p in patterns if not p.weak]
        first = (strong or patterns)[0]
        items = tuple(p.item for p in (*strong, *(p for p in patterns if p.weak)))
        return Match(begin, end, first.name, items, weak=not strong, acronym=first.acronym)


def _automaton(forms: list[str]) -> ahocorasick_rs.AhoCorasick:
    kind = ahocorasick_rs.Implementation.ContiguousNFA
    return ahocorasick_rs.AhoCorasick(forms, store_patterns=False, implementation=kind)


def _whole_words(text: str, hits: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    last = len(text)
    return [
        hit
        for hit in hits
        if (hit[1] == 0 or not text[hit[1] - 1].isalnum()) and (hit[2] == last or not text[hit[2]].isalnum())
    ]


def _longest(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    at = -1
    for hit in sorted(found, key=lambda hit: (hit[0], -hit[1], hit[2])):
        if hit[0] >= at:
            kept.append(hit)
            at = hit[1]
    return kept
