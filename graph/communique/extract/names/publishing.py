"""Finds the body that publishes a text under a name that nothing else tells to be one ("Open Border today called on").

The name of an NGO may hold no word such as "network" and have no record. It is taken for a body only where the text
opens with it as the subject of a verb of speaking, and the same name stands above the text (as the publisher, as the
name of a press release, or in a line of its own), or its acronym stands in brackets behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from communique.extract.head.dateline import is_medium, publisher_kind
from communique.extract.text import Text
from communique.model import EntityType, Header, Mention, Span
from communique.resources import lexicon, words

_NAME = re.compile(r"(?:[Tt]he\s+)?([A-Z][\w’'&.-]*(?:[ ](?:(?:of|for|the|and|to|&)[ ])*[A-Z][\w’'&.-]*){0,6})")
_VERB = re.compile(
    r"(?:\s*\([^()]{2,20}\))?(?:,[^,\n]{1,60},)?\s+(?:(?:has|have|had|is|are|was|were|today|yesterday|also|again|on|"
    r"\w+day|\w+ly|\d{1,2}|[A-Z][a-z]{2,8})\s+){0,4}+([a-z]+)\b"
)
_ACRONYM = re.compile(r"\s*\(([A-Z]{2,8})\)")
_RELEASE = r"(?:press|media|news)\s+(?:release|statement)"
_ABOVE = 1500


def publishing_body(text: Text, header: Header, publisher: str) -> Iterator[Mention]:
    """Yield every mention of the publishing body, where the text opens with it; ``publisher`` is the known name."""
    name = _opening_name(text, header)
    if not name or not _is_unknown_body(name):
        return
    if not _has_acronym(text, header, name) and not _stands_above(text, header, name, publisher):
        return
    for m in re.finditer(rf"\b{re.escape(name)}\b", text.string):
        yield Mention(Span(m.start(), m.end()), name, EntityType.ORG, name, "pattern", 0.7)


def _opening_name(text: Text, header: Header) -> str:
    """Return the capitalised words that the body opens with as the subject of a verb of speaking."""
    body = header.body
    found = _NAME.match(text.string, body.begin, min(body.end, body.begin + 160))
    if found is None:
        return ""
    verb = _VERB.match(text.string, found.end(1), min(body.end, found.end(1) + 160))
    return found.group(1) if verb and verb.group(1) in _speaking() else ""


def _is_unknown_body(name: str) -> bool:
    """Return whether a name may be a body's: not a medium's, no person's, and no common word alone."""
    parts = name.lower().split()
    if is_medium(name) or publisher_kind(name) not in ("", "ngo") or parts[0] in words("first_names"):
        return False
    return len(parts) > 1 or parts[0] not in words("common_words")


def _has_acronym(text: Text, header: Header, name: str) -> bool:
    """Return whether the initials of a name stand in brackets behind it where the body opens with it."""
    at = text.string.find(name, header.body.begin) + len(name)
    found = _ACRONYM.match(text.string, at)
    return found is not None and found.group(1) == "".join(re.findall(r"\b[A-Z]", name))


def _stands_above(text: Text, header: Header, name: str, publisher: str) -> bool:
    """Return whether a name is the publisher's, a press release's, or fills a line above the body."""
    if name.casefold() in (publisher.casefold(), publisher.casefold().removeprefix("the ")):
        return True
    above = text.string[max(0, header.body.begin - _ABOVE) : header.body.begin]
    spelled = rf"(?:the\s+)?{re.escape(name)}"
    line = rf"(?im)^\W*(?:{spelled}(?:[’']s)?(?:\s*\W?\s*{_RELEASE})?|{_RELEASE}\s*(?:\W|by|from|of)?\s*{spelled})\W*$"
    return re.search(line, above) is not None


@cache
def _speaking() -> frozenset[str]:
    return frozenset(row["verb"] for row in lexicon("statement_verbs"))
