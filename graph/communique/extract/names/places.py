"""Finds places that no record names: gazetteer entries in a locative context, and names with a feature word.

A gazetteer of the world's towns matches "March", "Council" and "Sabina"; so a name counts only where the words around
it say that a place is meant (a preposition, a feature word, the state behind a comma, a dateline).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.authority import gazetteer
from communique.authority.records import Authority
from communique.extract.grammar.phrase_table import word_set
from communique.extract.names.units import Unit
from communique.extract.text import Cover, Sentence, Text
from communique.model import EntityType, Mention, Span
from communique.resources import words

_LOCATIVE = word_set("locative")
_NAME = re.compile(r"[CNA](?:[-']?r{0,2}[CNc]){0,3}|c(?=[C])[C]{1,2}")
_STRONG_POPULATION = 100_000
_WEAK_POPULATION = 1_000


def find_places(
    text: Text, rows: Sequence[tuple[Sentence, list[Unit]]], kept: Sequence[Mention], authority: Authority
) -> Iterator[Mention]:
    """Yield place mentions outside the names already kept (a guess does not count as kept)."""
    countries = context_countries(rows, kept, authority)
    covered = Cover(m.span for m in kept if m.source != "guess")
    found: list[tuple[Mention, bool]] = []
    for _, row in rows:
        symbols = "".join(u.symbol for u in row)
        yield from _features(text, row, symbols, countries, covered, authority)
        for m in _NAME.finditer(symbols):
            place = _longest(text, row, symbols, m.start(), m.end(), countries, covered)
            if place is not None:
                found.append(place)
    yield from _one_sense(found)


def _one_sense(found: Sequence[tuple[Mention, bool]]) -> Iterator[Mention]:
    """Give each name one place: a name keeps its sense within a document (Gale et al. 1992).

    It is the first one, or the first that the text calls a region ("Orrin", then "Orrin province").
    """
    senses: dict[str, Mention] = {}
    for mention, _ in sorted(found, key=lambda each: not each[1]):
        senses.setdefault(mention.text.casefold(), mention)
    for mention, _ in found:
        sense = senses[mention.text.casefold()]
        yield replace(mention, name=sense.name, key=sense.key, country=sense.country)


def context_countries(
    rows: Sequence[tuple[Sentence, list[Unit]]], kept: Sequence[Mention], authority: Authority
) -> Counter[str]:
    """Return how often each state is named in the text, by name, demonym or a body of its own."""
    countries: Counter[str] = Counter(m.country for m in kept if m.country)
    for _, row in rows:
        countries.update(code for u in row if u.symbol == "D" and (code := authority.demonym(u.lower.capitalize())))
    return countries


def _longest(
    text: Text, row: list[Unit], symbols: str, begin: int, end: int, countries: Counter[str], covered: Cover
) -> tuple[Mention, bool] | None:
    """Return the longest run of units from ``begin`` that the gazetteer knows and the context lets be a place.

    The second value says that the text calls it a region.
    """
    unknown: Mention | None = None
    for stop in range(end, begin, -1):
        span = Span(row[begin].span.begin, row[stop - 1].span.end)
        if span.begin in covered or span.end - 1 in covered:
            continue
        name = text.of(span)
        least, state = _evidence(row, begin, stop)
        if least is None:
            continue
        context = countries + Counter({state: 100}) if state else countries
        kind = _settlement(row, begin)
        region = _is_region(row, begin, stop)
        place = gazetteer.resolve(
            name.title() if name.isupper() else name,
            context,
            least,
            small=kind in words("small_settlements"),
            region=region,
        )
        named = (kind and stop == end) or (
            least == _WEAK_POPULATION and not countries and not name.isupper() and _is_somewhere(name)
        )
        if place is None and named:
            unknown = unknown or Mention(span, name, EntityType.PLACE, name, "gazetteer", 0.5, "", state)
        if place is None:
            continue
        score = 0.85 if state or place.country in countries else 0.6
        mention = Mention(span, name, EntityType.PLACE, place.label, "gazetteer", score, place.key, place.country)
        return mention, region and place.feature in ("region", "district")
    return (unknown, False) if unknown is not None else None


def _is_region(row: list[Unit], begin: int, end: int) -> bool:
    """Return whether the text calls a name a region: "Orrin province", "the province of Orrin"."""
    if end < len(row) and row[end].lower in words("region_nouns"):
        return True
    return begin > 1 and row[begin - 1].symbol == "f" and row[begin - 2].lower in words("region_nouns")


def _is_somewhere(name: str) -> bool:
    """Return whether a name would be a town's in the right country; in which one, nothing in the text may tell."""
    found = gazetteer.lookup(name)
    countries = Counter(place.country for place in found[:1])
    return bool(found) and gazetteer.resolve(name, countries, _WEAK_POPULATION) is not None


def _settlement(row: list[Unit], begin: int) -> str:
    """Return the noun that calls a name a town or village ("the village of Orrin"), ``""`` where none does."""
    named = begin > 1 and row[begin - 1].symbol == "f" and row[begin - 2].lower in words("settlements")
    return row[begin - 2].lower if named else ""


def _evidence(row: list[Unit], begin: int, end: int) -> tuple[int | None, str]:
    """Return the least population that a place needs here, ``None`` for never, and the state named behind it."""
    before = row[begin - 1] if begin else None
    if row[begin].lower in word_set("short_weekdays") and "".join(u.symbol for u in row[end : end + 2]) == ",q":
        return None, ""  # "Mon, 26 July"
    if end < len(row) - 1 and row[end].symbol == "," and row[end + 1].symbol == "S":
        match = row[end + 1].match
        return 0, match.records[0].country if match else ""
    following = row[end].lower if end < len(row) else ""
    if following in words("place_nouns"):
        return 0, ""
    if before is not None and before.symbol == "f" and begin > 1 and row[begin - 2].lower in words("place_nouns"):
        return 0, ""
    if before is not None and (
        before.lower in _LOCATIVE or (before.symbol == "t" and begin > 1 and row[begin - 2].lower in _LOCATIVE)
    ):
        return _WEAK_POPULATION, ""
    if before is None and following in ("–", "—", "-", ",", ":", "("):
        return _WEAK_POPULATION, ""
    if before is None and end < len(row) and row[end].symbol == "q":
        return _STRONG_POPULATION, ""
    if before is not None and before.symbol in "f,&'":
        return _STRONG_POPULATION, ""
    return (_STRONG_POPULATION, "") if following in ("'s", "’s") else (None, "")


def _features(
    text: Text, row: list[Unit], symbols: str, countries: Counter[str], covered: Cover, authority: Authority
) -> Iterator[Mention]:
    """Yield names that hold a feature word ("Lake Orrin", "Orrin River", "Eastern Varenia")."""
    heads, openers = words("place_heads"), words("place_openers")
    for i, unit in enumerate(row):
        head, opener = unit.lower in heads, unit.lower in openers
        if not (head or opener) or not text.string[unit.span.begin].isupper():
            continue
        begin, end = i, i + 1
        if head and i and symbols[i - 1] in "CNcMDP":
            while begin and symbols[begin - 1] in "CNcMDP":
                begin -= 1
            if symbols[begin] == "c" and begin == 0:
                continue
        elif opener and i + 1 < len(row) and symbols[i + 1] in "CNSPr":
            while end < len(row) and symbols[end] in "CNSPr":
                end += 1
        else:
            continue
        span = Span(row[begin].span.begin, row[end - 1].span.end)
        if span.begin in covered and not any(u.symbol in "SP" for u in row[begin:end]):
            continue
        if opener and not _plausible(text, row, begin, end):
            continue
        country = _country(row[begin:end], authority)
        if not country and countries and all(u.symbol != "P" for u in row[begin:end]):
            country = countries.most_common(1)[0][0]
        name = text.of(span)
        place = gazetteer.resolve(name, countries, 0)
        if place:
            yield Mention(span, name, EntityType.PLACE, place.label, "pattern", 0.8, place.key, place.country)
        else:
            yield Mention(span, name, EntityType.PLACE, name, "pattern", 0.6, "", country)


def _plausible(text: Text, row: list[Unit], begin: int, end: int) -> bool:
    """Return whether a name behind "Lake", "Eastern" and the like is a place: known, or after a locative word."""
    rest = text.of(Span(row[begin + 1].span.begin, row[end - 1].span.end))
    if any(u.symbol in "SP" for u in row[begin:end]) or gazetteer.lookup(rest):
        return True
    return begin > 0 and row[begin - 1].lower in _LOCATIVE


def _country(row: Sequence[Unit], authority: Authority) -> str:
    for unit in row:
        if unit.match and unit.match.records[0].country:
            return unit.match.records[0].country
        if unit.symbol == "D" and (code := authority.demonym(unit.lower.capitalize())):
            return code
    return ""
