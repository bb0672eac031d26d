"""Further mentions of names already found: acronyms, surnames, short forms ("the Ministry"), one name for each entity.

Every mention that this module returns carries the full name as :attr:`Mention.name`, so that linking joins mentions
by type and name alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.extract.names.units import Unit
from communique.extract.text import Cover, Sentence, Text
from communique.model import EntityType, Mention
from communique.resources import words, words_of

_LONGEST_NAME = 40
_ALIASED = frozenset("CNcMA")
"""The classes of units that may be a surname or an acronym."""
_BRACKETED = re.compile(
    r"\s*[’'`]?s?\s*[(\[]\s*(?:the\s+|or\s+|hereafter\s+)?[\"“]?([A-Z][\w&./-]{1,11})[\"”]?\s*[)\]]"
)


def find_aliases(text: Text, rows: Sequence[tuple[Sentence, list[Unit]]], kept: Sequence[Mention]) -> list[Mention]:
    """Return ``kept`` with full names set, and the further mentions of the same entities (source ``alias``)."""
    named = _full_names(kept)
    acronyms = _acronyms(text, named)
    covered = Cover(m.span for m in named if m.source != "guess")
    owners = _Owners(named)
    out = [_apply(m, acronyms) for m in named]
    surnames = _surnames(named)
    seen = Counter(text.of(u.span) for _, row in rows for u in row if u.symbol == "A")
    for _, row in rows:
        for i, unit in enumerate(row):
            if (unit.symbol not in _ALIASED and not acronyms) or unit.span.begin in covered:
                continue
            found = _alias(text, row, i, acronyms, surnames, seen)
            if found:
                out.append(found)
        out += _short_forms(text, row, owners, covered)
    bodies: dict[str, list[Mention]] = {}
    for m in named:
        if m.type == EntityType.ORG and " " in m.name:
            for word in m.name.casefold().split():
                bodies.setdefault(word, []).append(m)
    return [_with_full_within(m, acronyms, bodies) if m.within and " " not in m.within else m for m in out]


def _with_full_within(office: Mention, acronyms: dict[str, Mention], bodies: dict[str, list[Mention]]) -> Mention:
    """Give an office the full name of the body it is held in, where it has but an acronym or a head ("Ministry").

    ``bodies`` has the bodies of the text by each word of their names.
    """
    known = acronyms.get(office.within)
    if known is not None:
        return replace(office, within=known.name)
    head = office.within.casefold()
    if head not in words("generic_bodies"):
        return office
    named = [m for m in bodies.get(head, ()) if office.country in ("", m.country)]
    before = [m for m in named if m.span.begin <= office.span.begin]
    owner = before[-1] if before else next(iter(named), None)
    return replace(office, within=owner.name if owner else "")


def _apply(mention: Mention, acronyms: dict[str, Mention]) -> Mention:
    """Give a mention whose whole text is a defined acronym the full name it stands for."""
    known = acronyms.get(mention.text)
    if known is None or known.span == mention.span or known.key == mention.key != "":
        return mention
    return replace(mention, name=known.name, key=known.key, country=known.country, type=known.type)


def _full_names(kept: Sequence[Mention]) -> list[Mention]:
    """Give each person mentioned by surname the full name that the text has for it, the nearest before, else after."""
    bearers = _bearers(kept)
    out = []
    for mention in kept:
        if mention.type == EntityType.PERSON:
            owner = _owner(mention, bearers)
            if owner and (" " not in mention.name or len(owner.name) > len(mention.name)):
                mention = replace(mention, name=owner.name, key=owner.key)
        out.append(mention)
    return out


def _bearers(kept: Sequence[Mention]) -> dict[str, list[Mention]]:
    """Return the persons named in full by what they may be called: each part but the first, each end of the last."""
    out: dict[str, list[Mention]] = defaultdict(list)
    for mention in kept:
        if mention.type == EntityType.PERSON and " " in mention.name:
            parts = mention.name.casefold().split(" ")
            last = parts[-1]
            ends = {last[i:] for i in range(max(0, len(last) - _LONGEST_NAME), len(last))}
            calls = ends.union(parts[1:])
            if len(parts) > 2:
                calls.add(" ".join(parts[1:]))
            for call in calls:
                out[call].append(mention)
    return out


def _owner(mention: Mention, bearers: dict[str, list[Mention]]) -> Mention | None:
    matching = bearers.get(mention.name.casefold(), [])
    before = bisect_right(matching, mention.span.begin, key=_begin)
    return matching[before - 1] if before else (matching[0] if matching else None)


def _begin(mention: Mention) -> int:
    return mention.span.begin


def _acronyms(text: Text, kept: Sequence[Mention]) -> dict[str, Mention]:
    """Return the acronyms that the text defines in brackets behind a name, with the mention of the full name."""
    out: dict[str, Mention] = {}
    for mention in kept:
        if mention.type in (EntityType.PERSON, EntityType.GROUP):
            continue
        m = _BRACKETED.match(text.string, mention.span.end)
        if m and (m.group(1).isupper() or _shortens(mention.name, m.group(1))):
            out.setdefault(m.group(1), mention)
    return out


def _shortens(name: str, acronym: str) -> bool:
    """Return whether a short form stands for a name: its letters stand in the name in order, the first opens a word.

    The test of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
    (Pacific Symposium on Biocomputing 2003), for short forms that have a capital besides the first letter.
    """
    letters = [c for c in acronym.casefold() if c.isalnum()]
    if sum(map(str.isupper, acronym)) < 2 or len(letters) >= len(name):
        return False
    at, plain = len(name), name.casefold()
    for number, letter in reversed(list(enumerate(letters))):
        at = plain.rfind(letter, 0, at)
        while at > 0 and number == 0 and plain[at - 1].isalnum():
            at = plain.rfind(letter, 0, at)
        if at < 0:
            return False
    return True


def _surnames(kept: Sequence[Mention]) -> dict[str, Mention]:
    out: dict[str, Mention] = {}
    for m in kept:
        if m.type == EntityType.PERSON and " " in m.name and m.source != "guess":
            parts = m.name.split()
            out.setdefault(parts[-1].casefold(), m)
            if len(parts) > 2:
                out.setdefault(" ".join(parts[1:]).casefold(), m)
    return out


def _alias(
    text: Text, row: list[Unit], i: int, acronyms: dict[str, Mention], surnames: dict[str, Mention], seen: Counter[str]
) -> Mention | None:
    unit = row[i]
    word = text.of(unit.span)
    if word in acronyms:
        known = acronyms[word]
        return Mention(unit.span, word, known.type, known.name, "alias", 0.9, known.key, known.country)
    if unit.symbol in "CNcM" and unit.lower in surnames:
        known = surnames[unit.lower]
        return Mention(unit.span, word, known.type, known.name, "alias", 0.8, known.key)
    if unit.symbol != "A" or not word.isalpha() or len(word) < 3 or unit.lower in words_of("common_words", "no_body"):
        return None
    if seen[word] > 1 or (i and row[i - 1].symbol == "t"):
        return Mention(unit.span, word, EntityType.ORG, word, "alias", 0.5)
    return None


def _short_forms(text: Text, row: list[Unit], owners: _Owners, covered: Cover) -> Iterator[Mention]:
    """Yield "the Ministry", "the ombudsman": a bare head behind "the" whose full name stands before it in the text."""
    for i, unit in enumerate(row):
        if unit.symbol not in "HhOo" or not i or row[i - 1].symbol != "t" or unit.span.begin in covered:
            continue
        if i + 1 < len(row) and row[i + 1].symbol in "fgHhOo":
            continue
        wanted = EntityType.ORG if unit.symbol in "Hh" else EntityType.OFFICE
        owner = owners.before(unit, wanted)
        if owner:
            yield Mention(
                unit.span,
                text.of(unit.span),
                owner.type,
                owner.name,
                "alias",
                0.7,
                owner.key,
                owner.country,
                owner.within,
            )


class _Owners:
    """The bodies and offices of a text by the heads of their names."""

    def __init__(self, named: Sequence[Mention]) -> None:
        self._named = named
        self._found: dict[tuple[str, EntityType], list[Mention]] = {}

    def before(self, unit: Unit, wanted: EntityType) -> Mention | None:
        """Return the last one before a unit whose name holds the unit's word and more."""
        key = (unit.lower, wanted)
        if key not in self._found:
            self._found[key] = list(self._with_head(*key))
        found = self._found[key]
        at = bisect_left(found, unit.span.begin, key=_begin)
        return found[at - 1] if at else None

    def _with_head(self, head: str, wanted: EntityType) -> Iterator[Mention]:
        pattern = re.compile(rf"\b{re.escape(head)}\b", re.IGNORECASE)
        for mention in self._named:
            if mention.type == wanted and len(mention.name) > len(head) and pattern.search(mention.name):
                yield mention
