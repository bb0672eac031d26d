"""Which time expression dates an event: that of its own clause, or that of its anniversary.

A date is given only to the verb that it stands with, what that verb carries, and nouns that nothing parts from it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from communique.extract.events.lexicon import NOUN
from communique.extract.grammar import clauses
from communique.extract.grammar.chunks import Parse
from communique.extract.grammar.inflections import light_forms
from communique.extract.grammar.phrase_table import word_set
from communique.extract.temporal.dates import from_iso
from communique.extract.temporal.times import attach_time
from communique.extract.text import Token
from communique.model import TimeRef
from communique.resources import lexicon

_ANNIVERSARIES = frozenset({"anniversary", "commemoration", "anniversaries"})
_INDEFINITE = frozenset({"a", "an", "another", "one", "two", "three", "several"})
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)?(?:-year)?")
_SURENESS = 0.6
_LIMITS = frozenset({"from", "through", "until", "till", "by", "to"})


def date_of(parse: Parse, at: int, pos: str, times: Sequence[TimeRef]) -> TimeRef | None:
    """Return when the event of a trigger was, as far as its sentence says so; ``times`` is sorted."""
    if pos == NOUN and (kept := _commemorated(parse, at, times)) is not None:
        return kept
    time = attach_time(_free(parse, at, times), parse.tokens[at].span, parse.sentence)
    if time is None and parse.classes[at] == "G":
        return _opening(parse, at, times)
    if time is None or pos != NOUN:
        return time
    return None if _of_another_verb(parse, at, time) or _of_another_noun(parse, at, time) else time


def _free(parse: Parse, at: int, times: Sequence[TimeRef]) -> Sequence[TimeRef]:
    """Return the times of the sentence but for those that say which one another noun means ("the 4 May takeover")."""
    return [t for t in _within(parse, times) if not _attributive(parse, at, t)]


def _attributive(parse: Parse, at: int, time: TimeRef) -> bool:
    """Return whether a time stands inside a noun phrase, before its head, that a trigger is no part of."""
    index = bisect_left(parse.tokens, time.span.begin, key=_begin)
    if index >= len(parse.tokens):
        return False
    phrase = parse.phrase_at(index)
    if phrase is None or phrase.begin == index or parse.tokens[phrase.head].begin < time.span.end:
        return False
    return not phrase.begin <= at < phrase.end


def _opening(parse: Parse, at: int, times: Sequence[TimeRef]) -> TimeRef | None:
    """Return the date that opens the sentence, where only the clause of an -ing form's main verb lies between."""
    first = next(iter(_within(parse, times)), None)
    if first is None or not first.value or bisect_right(parse.tokens, first.span.begin, key=_end) > 1:
        return None
    parted = any(c in "WF" for c in parse.classes[:at]) or any(t.text in {";", ":", "—"} for t in parse.tokens[:at])
    return None if parted or len(_within(parse, times)) > 1 else first


def _of_another_noun(parse: Parse, at: int, time: TimeRef) -> bool:
    """Return whether a limit or a clause between parts a date from a noun.

    "The agreement on a timeline until May" is not of May, nor is in "a letter in May addressing the arrest" the arrest.
    """
    before = bisect_right(parse.tokens, time.span.begin, key=_end)
    if before <= at:
        opens = before <= 2
        return not opens and any(_own_verb(parse, i) for i in range(before, at))
    phrase = parse.phrase_at(at)
    limited = before > 0 and (
        parse.words[before - 1] in _LIMITS
        or (before > 1 and parse.classes[before - 1] in "PA" and parse.words[before - 2] in word_set("limits"))
    )
    return limited and phrase is not None and phrase.end < before - 1


def _own_verb(parse: Parse, index: int) -> bool:
    """Return whether a verb stands at a token that does not only carry a noun ("launched an offensive")."""
    verbal = parse.classes[index] in "VEG" and parse.phrase_at(index) is None
    return verbal and parse.words[index] not in light_forms()


def _of_another_verb(parse: Parse, at: int, time: TimeRef) -> bool:
    """Return whether a finite verb stands between a noun and a date, which then dates the verb.

    Not where the noun is the subject of the verb ("the attack killed five on Monday") or the verb only carries it.
    """
    before = bisect_right(parse.tokens, time.span.begin, key=_end)
    low, high = (at + 1, before) if before > at else (before, at)
    for index in range(low, high):
        if not _finite(parse, index) or parse.words[index] in light_forms():
            continue
        if before <= at:  # the date opens the sentence: its verb does, and a new thing that the verb brings
            phrase = parse.phrase_at(at)
            new = phrase is not None and (
                parse.words[phrase.begin] in _INDEFINITE or parse.classes[phrase.begin] not in "DU"
            )
            return not new
        subject = clauses.subject(parse, index)
        phrase = parse.phrase_at(at)
        return subject is None or phrase is None or subject.begin != phrase.begin
    return False


def _finite(parse: Parse, index: int) -> bool:
    """Return whether a token is a verb of its clause, past auxiliaries: no infinitive, no adjective."""
    if parse.phrase_at(index) is not None or parse.classes[index] not in "VEG":
        return False
    before = parse.previous(index)
    left = parse.classes[before] if before >= 0 else "S"
    return left == "B" if parse.classes[index] == "G" else left != "T"


def _commemorated(parse: Parse, at: int, times: Sequence[TimeRef]) -> TimeRef | None:
    """Return the date of what an anniversary recalls ("the tenth anniversary of the uprising on 15 March")."""
    phrase = parse.phrase_at(at)
    if phrase is None or phrase.begin < 2 or parse.words[phrase.begin - 1] != "of":
        return None
    outer = parse.phrase_at(phrase.begin - 2)
    if outer is None or parse.words[outer.head] not in _ANNIVERSARIES:
        return None
    years = next((n for t in parse.tokens[outer.begin : outer.head] if (n := _number(t.lower))), 0)
    days = [t for t in _within(parse, times) if len(t.value) == 10]
    if not years or not days:
        return None
    day = from_iso(days[0].value)
    then = replace(day, year=day.year - years)
    return replace(days[0], value=then.iso, confidence=_SURENESS) if then.valid else None


def _within(parse: Parse, times: Sequence[TimeRef]) -> Sequence[TimeRef]:
    span = parse.sentence.span
    low = bisect_left(times, span.begin, key=_time_begin)
    return times[low : bisect_left(times, span.end, lo=low, key=_time_begin)]


def _number(word: str) -> int:
    found = _ORDINAL.fullmatch(word)
    return int(found[1]) if found else _ordinals().get(word, 0)


@cache
def _ordinals() -> dict[str, int]:
    return {row["word"]: int(row["number"]) for row in lexicon("ordinals")}


def _begin(token: Token) -> int:
    return token.begin


def _time_begin(time: TimeRef) -> int:
    return time.span.begin


def _end(token: Token) -> int:
    return token.end
