"""When two names or wordings count as the same (``docs/evaluation.md`` says it in prose).

The words that are ignored, that tell things apart and that stand for each other are data:
``authority/lexicon/evaluation_names.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import TypeVar

from communique import resources

Gold = TypeVar("Gold")
Found = TypeVar("Found")

_SHARED = 0.6  # how much of two names' words must be common where one name has words that the other lacks
_POSSESSIVE = re.compile(r"['’`]s\b")
_ABBREVIATION = re.compile(r"(?<=\b\w)\.(?=\w\b)")  # the dots inside "U.N."
_WORD = re.compile(r"\w+")


@cache
def _words(use: str) -> dict[str, str]:
    return {row["words"]: row["counts_as"] for row in resources.lexicon("evaluation_names") if row["use"] == use}


@cache
def _phrases() -> re.Pattern[str]:
    longest_first = sorted(_words("same"), key=lambda words: (-len(words), words))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(_words("letter"))


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words that count: lower case, without accents, possessives and small words, synonyms made one."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).lower().translate(_letters())
    plain = _ABBREVIATION.sub("", _POSSESSIVE.sub(" ", plain))
    same = _words("same")
    phrase = _phrases().sub(lambda match: same[match[0]], " ".join(_WORD.findall(plain)))
    ignored = _words("ignored")
    return tuple(word for word in phrase.split() if word not in ignored)


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> float:
    """Return how much two names are one: 1 for the same words, 0 for different things.

    In between where all the words of one are among the other's and make up at least three fifths of them, unless a
    word that only one of them has tells two things apart (``deputy``, ``north``).
    """
    ours, theirs = set(tokens(one)), set(tokens(other))
    if not ours or not theirs or not (ours <= theirs or theirs <= ours):
        return 0.0
    if (ours ^ theirs) & _words("apart").keys():
        return 0.0
    shared = len(ours & theirs) / len(ours | theirs)
    return shared if shared >= _SHARED else 0.0


def best_likeness(names: Iterable[str], others: Sequence[str]) -> float:
    """Return the likeness of the most alike pair of two things' names."""
    return max((likeness(name, other) for name in names for other in others), default=0.0)


def overlap(one: str, other: str) -> float:
    """Return how much of two wordings is common: the F1 of their words, each word as often as it stands there."""
    ours, theirs = tokens(one), tokens(other)
    common = (Counter(ours) & Counter(theirs)).total()
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def pair(
    gold: Sequence[Gold], found: Sequence[Found], score: Callable[[Gold, Found], float], least: float
) -> list[tuple[int, int]]:
    """Return which of ``gold`` goes with which of ``found``, one to one: the best pair first, then the next best.

    Args:
        gold: what is annotated.
        found: what the graph says.
        score: how well a pair fits; of equally good pairs the earlier one in ``gold``, then in ``found``, is taken.
        least: the score below which two things do not belong together.
    """
    scored = [(score(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for value, i, j in sorted(scored, key=lambda each: -each[0]):
        if value < least:
            break
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return pairs
