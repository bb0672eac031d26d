"""Looks up phrases of a lexicon in a row of tokens: the longest phrase at a place wins.

A phrase is written as words parted by spaces; forms of one word are parted by "/" ("call/calls/called on"), and "0"
stands for any number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Generic, TypeVar

from communique.extract.text import Token
from communique.resources import lexicon

T = TypeVar("T")


class PhraseTable(Generic[T]):
    """Maps phrases to values; several values may share a phrase."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        """Build the table from pairs of a phrase as the lexicon writes it and its value."""
        self._values: dict[tuple[str, ...], list[T]] = {}
        self._longest: dict[str, int] = {}
        for phrase, value in entries:
            for form in forms(phrase.lower().split()):
                self._values.setdefault(form, []).append(value)
                self._longest[form[0]] = max(len(form), self._longest.get(form[0], 0))
        self._counts = any("0" in form for form in self._values)

    def get(self, words: Sequence[str]) -> list[T]:
        """Return the values of exactly these (lower-case) words."""
        return self._values.get(tuple(words), [])

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, list[T]]]:
        """Yield the places of the phrases in a row of tokens, ``[first, after)``, with their values; none overlap."""
        longest, after = self._longest, 0
        low = [token.lower for token in tokens]
        if self._counts:
            low = ["0" if word[0].isdigit() else word for word in low]
        if longest.keys().isdisjoint(low):
            return
        for at, word in enumerate(low):
            if at < after or word not in longest:
                continue
            for length in range(min(longest[word], len(low) - at), 0, -1):
                values = self._values.get(tuple(low[at : at + length]))
                if values is not None:
                    after = at + length
                    yield at, after, values
                    break


def forms(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every phrase that a written one stands for."""
    if not words:
        yield ()
        return
    for head in words[0].split("/"):
        for rest in forms(words[1:]):
            yield (head, *rest)


@cache
def word_set(name: str) -> frozenset[str]:
    """Return a small set of words that the rules ask for by name (``word_sets.csv``).

    Raises:
        KeyError: there is no such set.
    """
    return _sets()[name]


@cache
def word_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern for any word of such a set, in whatever case; "_" in the file stands for a blank."""
    spelled = "|".join(sorted((re.escape(w).replace("_", r"\s+") for w in word_set(name)), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?i)\b(?:{spelled})\b")


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {row["set"]: frozenset(row["words"].split()) for row in lexicon("word_sets")}
