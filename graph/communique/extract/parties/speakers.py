"""Who may speak, and how a sentence shows that somebody does: what the search for issuers shares."""

from __future__ import annotations

import re
from functools import cache

from communique.extract.grammar.lists import coordinated
from communique.extract.grammar.phrase_table import word_pattern
from communique.extract.text import Context, Sentence
from communique.model import EntityType, Mention, Span
from communique.resources import lexicon, words

SPEAKERS = (EntityType.PERSON, EntityType.ORG, EntityType.STATE, EntityType.OFFICE)
"""The types of what can issue a statement."""

GOVERNED = re.compile(
    r"(?i)\b(?:that|whether|if|because|why|how|when|where|of|on|upon|to|by|with|from|for|in|at|against|between|among|"
    r"urg\w+|ask\w+)\s+(?:the\s+)?$"
)
"""Words before a name that keep it from being the subject of the sentence."""

_ADVERBS = re.compile(
    r"[”\"]?(?:\s*[,(][^,()]{0,90}[,)]|,\s+(?:which|who))?"
    r"(?:\s+(?:on\s+(?:\w+day,?\s+)?(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)(?:\s+\d{1,2})?(?:,?\s+\d{4})?|has|have|had|today|yesterday|also|again|on|\w+day|strongly|firmly|deeply|\w+ly|is|are|"
    r"in\s+(?:an?|its|his|her|their)\s+(?:\w+\s+){0,2}?(?:statement|communiqu[eé]|interview|letter|speech|release)|"
    r"for its part))*,?\s+$"
)
_REPORTED = re.compile(r"[”\"»’',]\s+(said|says|added|stated|wrote|noted|declared|explained)\s+(?:the\s+)?$")
_REPORTED_REACH = 60
_OF = re.compile(r"\s+of\s+(?:the\s+)?")


@cache
def speaking_verbs() -> dict[str, float]:
    """Return the verbs whose subject speaks, with their weight as a sign that the subject issues the statement."""
    return {row["verb"]: float(row["weight"]) for row in lexicon("statement_verbs")}


def verb_after(context: Context, mention: Mention, area: Span) -> tuple[Span, float] | None:
    """Return the verb of speaking that a name is the subject of ("X today condemned"), and its weight."""
    string = context.text.string
    end = _past_state(context, mention)
    window = string[end : min(area.end, end + 160)]
    for m in re.finditer(r"[A-Za-z]+", window):
        weight = speaking_verbs().get(m.group().lower())
        if weight and _ADVERBS.fullmatch(window[: m.start()]):
            begin = end + m.start()
            return Span(begin, begin + len(m.group())), weight
        if m.start() > 120:
            break
    return None


def _past_state(context: Context, mention: Mention) -> int:
    """Return the end of a name, with the state or body behind it that it is of ("Minister Orrin of Varenia")."""
    if mention.type not in (EntityType.PERSON, EntityType.OFFICE):
        return mention.span.end
    string = context.text.string
    found = _OF.match(string, mention.span.end)
    owner = context.mention_at(found.end()) if found else None
    owns = (
        owner is not None and owner.type in (EntityType.STATE, EntityType.ORG) and string[owner.span.end :][:1] in " ,"
    )
    return owner.span.end if owner is not None and owns else mention.span.end


def verb_before(context: Context, mention: Mention, area: Span) -> tuple[Span, float] | None:
    """Return the verb of speaking straight before a name, behind a quotation ("...", said X), and its weight."""
    begin = max(area.begin, mention.span.begin - _REPORTED_REACH)
    m = _REPORTED.search(context.text.string[begin : mention.span.begin])
    return (Span(begin + m.start(1), begin + m.end(1)), 1.0) if m else None


def decision(context: Context, mention: Mention, area: Span) -> tuple[Span, float] | None:
    """Return the verb by which a court, ministry or parliament decides ("the Court has overturned"), and its weight."""
    if mention.type != EntityType.ORG or not word_pattern("deciding_bodies").search(mention.name):
        return None
    string = context.text.string
    window = string[mention.span.end : min(area.end, mention.span.end + 100)]
    for m in re.finditer(r"[A-Za-z]+", window):
        if m.group().lower() in words("deciding_verbs") and _ADVERBS.fullmatch(window[: m.start()]):
            begin = mention.span.end + m.start()
            return Span(begin, begin + len(m.group())), 1.0
    return None


def opening_list(context: Context, sentence: Sentence, *, governed: bool = False) -> list[Mention]:
    """Return the speakers that a sentence opens with in a list; ``governed`` allows a preposition before it."""
    first = next(iter(context.mentions_in(Span(sentence.span.begin, sentence.span.begin + 60))), None)
    if first is None or (not governed and GOVERNED.search(context.text.string, sentence.span.begin, first.span.begin)):
        return []
    return [m for m in coordinated(context, first.span.begin, sentence.span.end) if m.type in SPEAKERS]


def next_person(context: Context, office: Mention) -> Mention | None:
    """Return the person whose name follows an office straight away."""
    for offset in (office.span.end + 1, office.span.end + 2):
        m = context.mention_at(offset)
        if m and m.type == EntityType.PERSON and m.span.begin <= office.span.end + 2:
            return m
    return None


def person_before(context: Context, office: Mention) -> Mention | None:
    """Return the person whose name stands straight before an office ("Dora Orrin, Chair of the B, said")."""
    for offset in (2, 3):
        m = context.mention_at(office.span.begin - offset) if office.span.begin >= offset else None
        if m and m.type == EntityType.PERSON and not context.text.string[m.span.end : office.span.begin].strip(", "):
            return m
    return None
