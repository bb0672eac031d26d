"""The trigger lexicon: which words report events, of which type, in which context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from communique.errors import DataError
from communique.extract.grammar.chunks import Parse
from communique.extract.grammar.inflections import BASE, noun_forms, verb_forms
from communique.resources import lexicon
from communique.vocab import EVENT_TYPES

VERB, NOUN = "verb", "noun"
HARM = frozenset({"assault", "coerce", "threaten"})
"""Types of events that harm somebody: nobody is their agent but who is said to do them."""
_WINDOW = 5
_NO_EVENT = "-"


@dataclass(frozen=True, slots=True)
class Test:
    """One condition on the words around a trigger."""

    holds: Callable[[frozenset[str], Parse, int, frozenset[str], bool], bool]
    words: frozenset[str]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """One row of the lexicon: a lemma in one sense. ``of`` says whom "of NP" after a noun names."""

    lemma: str
    pos: str
    type: str
    salience: int
    of: str
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A word form as forms of a lemma ("killed" is past and participle), with the senses of the lemma in order."""

    pos: str
    forms: frozenset[str]
    senses: tuple[Sense, ...]


@cache
def readings() -> dict[str, tuple[Reading, ...]]:
    """Return every inflected form of the lexicon with its readings."""
    index: dict[str, list[Reading]] = {}
    for (lemma, pos), senses in _senses().items():
        forms = verb_forms(lemma) if pos == VERB else [(form, BASE) for form in noun_forms(lemma)]
        named: dict[str, set[str]] = {}
        for form, name in forms:
            named.setdefault(form, set()).add(name)
        for form, names in named.items():
            index.setdefault(form, []).append(Reading(pos, frozenset(names), senses))
    return {form: tuple(found) for form, found in index.items()}


@cache
def event_nouns() -> frozenset[str]:
    """Return the forms of the nouns of the lexicon."""
    return frozenset(form for form, found in readings().items() if any(r.pos == NOUN for r in found))


def sense_at(parse: Parse, at: int, pos: str, passive: bool) -> Sense | None:
    """Return the sense of the word at a token as verb or noun, or ``None`` where it reports no event."""
    for reading in readings().get(parse.words[at], ()):
        if reading.pos != pos:
            continue
        for sense in reading.senses:
            for test in sense.tests:
                if test.holds(test.words, parse, at, reading.forms, passive) is not test.wanted:
                    break
            else:
                return None if sense.type == _NO_EVENT else sense
        return None
    return None


def _senses() -> dict[tuple[str, str], tuple[Sense, ...]]:
    grouped: dict[tuple[str, str], list[Sense]] = {}
    for row in lexicon("event_triggers"):
        if row["type"] not in {*EVENT_TYPES, _NO_EVENT} or row["pos"] not in {VERB, NOUN}:
            raise DataError(
                f"{row['lemma']}: type {row['type']!r} or pos {row['pos']!r} is unknown",
                where="event_triggers.csv",
                remedy="take a type of shapes/event-types.ttl and a pos of the file's head",
            )
        tests = tuple(_test(part, row["lemma"]) for part in row["when"].split(";") if part.strip())
        sense = Sense(row["lemma"], row["pos"], row["type"], int(row["salience"] or 0), row["of"], tests)
        grouped.setdefault((row["lemma"], row["pos"]), []).append(sense)
    return {key: tuple(senses) for key, senses in grouped.items()}


def _test(part: str, lemma: str) -> Test:
    name, _, listed = part.strip().partition(":")
    wanted = not name.startswith("not-")
    name = name.removeprefix("not-")
    if name not in _TESTS:
        raise DataError(
            f"{lemma}: unknown test {name!r}",
            where="event_triggers.csv",
            remedy=f"tests are {', '.join(sorted(_TESTS))}",
        )
    return Test(_TESTS[name], frozenset(listed.lower().split("|")), wanted)


def _after(words: frozenset[str], parse: Parse, at: int, forms: frozenset[str], passive: bool) -> bool:
    return not words.isdisjoint(parse.words[at + 1 : at + 1 + _WINDOW])


def _before(words: frozenset[str], parse: Parse, at: int, forms: frozenset[str], passive: bool) -> bool:
    return not words.isdisjoint(parse.words[max(0, at - _WINDOW) : at])


def _near(words: frozenset[str], parse: Parse, at: int, forms: frozenset[str], passive: bool) -> bool:
    return _after(words, parse, at, forms, passive) or _before(words, parse, at, forms, passive)


def _next(words: frozenset[str], parse: Parse, at: int, forms: frozenset[str], passive: bool) -> bool:
    following = parse.following(at)
    return not words.isdisjoint(parse.words[at + 1 : following + 1])


def _prev(words: frozenset[str], parse: Parse, at: int, forms: frozenset[str], passive: bool) -> bool:
    return not words.isdisjoint(parse.words[max(parse.previous(at), 0) : at])


def _form(words: frozenset[str], parse: Parse, at: int, forms: frozenset[str], passive: bool) -> bool:
    return bool(words & forms)


def _passive(words: frozenset[str], parse: Parse, at: int, forms: frozenset[str], passive: bool) -> bool:
    return passive


def _lower(words: frozenset[str], parse: Parse, at: int, forms: frozenset[str], passive: bool) -> bool:
    return parse.tokens[at].text.islower()


_TESTS: dict[str, Callable[[frozenset[str], Parse, int, frozenset[str], bool], bool]] = {
    "after": _after,
    "before": _before,
    "near": _near,
    "next": _next,
    "prev": _prev,
    "form": _form,
    "passive": _passive,
    "lower": _lower,
}
