"""Finds bodies whose names hold no word such as "network", by what the text says of them.

Three ways: a noun beside the name says what it is ("the rights group Open Border", "Open Border, a group that ..."),
somebody speaks for it ("a spokesperson for Open Border"), or a statement is headed as its own ("Statement of the
Friends of the Lowlands").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from communique.extract.grammar.phrase_table import word_set
from communique.extract.head.dateline import is_medium
from communique.extract.text import Text
from communique.model import EntityType, Header, Mention, Span
from communique.resources import words

_WORD = r"(?:[ae]l-)?[A-ZÀ-Þ][\w’'&.-]*\w"
_JOINT = r"(?:(?:of|for|the|and|to|&|da|de|do|del|la|los|das|dos)[ ]){0,2}"
_NAME = rf"{_WORD}(?:[ ]{_JOINT}{_WORD}){{0,5}}"
_LONG_NAME = rf"{_WORD}(?:[ ]{_JOINT}{_WORD}){{1,5}}"
_SPOKEN_FOR = re.compile(rf"\b[Ss]pokes(?:person|man|woman|people)s?\s+(?:for|of)\s+(?:the\s+)?(?P<name>{_NAME})")
_GIVES_OUT = re.compile(
    rf"(?:[“\"](?P<name>{_NAME}),?[”\"]|(?<!\w)(?P<before>[A-Z][a-z]+[A-Z][\w-]*))\s+(?:has\s+|have\s+)?"
    r"(?:issued|released|published)\s+(?:an?|its|the)\s+(?:\w+\s+)?"
    r"(?:statement|communiqu[eé]|declaration|press release)"
)
_RELEASED = re.compile(
    rf"(?m)^\W*(?i:press|media|news)\s(?i:release|statement)s?:\s*(?:The\s+)?(?P<name>{_LONG_NAME})(?P<before>)\s*$"
)
_NAME_AT_END = re.compile(rf"(?<!\w)(?P<name>{_LONG_NAME})(?P<before>)$")
_LONGEST = 120
_MOST = 40
"""How many bodies a text may introduce; what has more is a list."""


def introduced_bodies(text: Text, header: Header) -> Iterator[Mention]:
    """Yield every mention of the bodies that the text introduces by what they are, longest names first."""
    if text.mostly_upper:
        return
    names = dict.fromkeys(_trimmed(m["name"] or m["before"]) for m in _openings(text, header))
    for name in sorted((n for n in names if _may_be_body(n)), key=lambda n: (-len(n), n))[:_MOST]:
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text.string):
            yield Mention(Span(m.start(), m.end()), name, EntityType.ORG, name, "introduced", 0.7)


def _openings(text: Text, header: Header) -> Iterator[re.Match[str]]:
    yield from _introducing().finditer(text.string)
    for behind in _told_behind().finditer(text.string):
        named = _NAME_AT_END.search(text.string, max(0, behind.start() - _LONGEST), behind.start())
        if named is not None:
            yield named
    if "pokes" in text.string:
        yield from _SPOKEN_FOR.finditer(text.string)
    yield from _GIVES_OUT.finditer(text.string)
    yield from _RELEASED.finditer(text.string, 0, header.body.begin)
    if header.title is not None:
        yield from _headed().finditer(text.string, header.title.begin, header.title.end)


@cache
def _introducing() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, words("introducing_nouns")), key=lambda w: (-len(w), w)))
    return re.compile(rf"\b(?:{nouns})\s+(?:(?:called|named|known as)\s+)?[“\"]?(?P<name>{_NAME})")


@cache
def _told_behind() -> re.Pattern[str]:
    """What tells behind a comma that the name before it is a body's ("Open Border, a group that ...")."""
    nouns = "|".join(sorted(map(re.escape, words("introducing_nouns")), key=lambda w: (-len(w), w)))
    return re.compile(rf",\s+(?:which is\s+)?(?:a|an|the)\s+(?:[\w-]+\s+){{0,4}}?(?:{nouns})\b")


@cache
def _headed() -> re.Pattern[str]:
    """The name behind "statement of the" that begins with a word for many together ("Friends of the Lowlands")."""
    gatherings = "|".join(sorted(word.title() for word in word_set("gatherings")))
    return re.compile(
        r"(?i:statement|communiqu[eé]|declaration|appeal)\s+(?i:of|by|from)\s+(?:the\s+)?"
        rf"(?P<name>(?:{_WORD}\s+)?(?:{gatherings})\b(?:[ ]{_JOINT}{_WORD}){{0,5}})"
    )


def _trimmed(name: str) -> str:
    """Return a name without a possessive and what a comma or full stop inside quotation marks brings along."""
    return re.sub(r"(?:[’']s?|[.,])$", "", name)


def _may_be_body(name: str) -> bool:
    """Return whether a name may be a body's: not one common word, and no person's given name in front."""
    parts = name.lower().split()
    if is_medium(name):
        return True
    if parts[0] in words("first_names") and len(parts) > 1:
        return False
    return len(name) > 2 and (len(parts) > 1 or parts[0] not in words("common_words"))
