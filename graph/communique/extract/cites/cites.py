"""Instruments that a statement cites: treaties, resolutions, laws, rulings, declarations, named statements and reports.

Three shapes: a capitalised name ("Convention on the Rights of the Child"), a numbered or attributed resolution
("UNSCR 2254", "relevant Security Council resolutions"), and a described document whose maker, subject or date the text
gives ("the joint report by A and B"). "International law", letters and press stories are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from communique.extract.cites.descriptions import described
from communique.extract.cites.names import named, numbered
from communique.extract.grammar.actors import bare_name
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context, Cover
from communique.model import Attribution, EntityType, Mention, Role, Span

_BARE_STATEMENT = re.compile(
    r"(?:(?:press|media|news)\s+)?(?:statement|release)s?\s+(?:issued\s+|made\s+)?(?:by|from|of)\b"
)
_ITSELF = re.compile(
    r"(?i)\W*(?:(?:[\w-]+\s+){0,2}joint\s+(?:[\w-]+\s+){0,2}|press\s+|media\s+)?"
    r"(?:statement|communiqu[eé]|declaration|readout|remarks)\s+(?:by|of|from|between|on\s+behalf)\b"
)
_NEAR = 12
_APPOSITION = 60
_MOST_RIVALS = 300
"""How many instruments a further one is compared with; a text that cites more of them is a list."""
_KNOWN_AS = re.compile(
    r",?\s*(?:\(|(?:which is |officially |formally |commonly |also |better )*(?:known|referred to) as\s+)"
    r"(?:the\s+)?",
    re.IGNORECASE,
)


def find_cites(context: Context, attributions: Sequence[Attribution] = ()) -> list[Role]:
    """Return the instruments that a document cites, each once, in the order of the text.

    ``attributions`` say who issues the statement: a statement of theirs is the one reported, unless an earlier one.
    """
    own = {r.mention.name.casefold() for a in attributions for r in (a.issuer, a.capacity, a.on_behalf_of) if r}
    spans = _arbitrated([*named(context), *numbered(context), *described(context)])
    title = context.header.title
    spans = [s for s in spans if title is None or not title.overlaps(s) or not _heads_itself(context, title, s)]
    mentions = [_mention(context, span) for span in spans if not _is_own(context, span, own)]
    taken = Cover(spans)
    mentions += [
        m
        for m in context.mentions
        if m.type is EntityType.INSTRUMENT
        and m.text.split()[-1].lower() not in word_set("no_instrument")
        and not taken.overlaps(m.span)
    ]
    found: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda m: m.span):
        if mention.span.begin >= context.header.body.end:
            break
        label = " ".join(mention.name.casefold().split())
        if label in found:
            continue
        same = next((other for other in islice(found, _MOST_RIVALS) if _same(context, found[other], mention)), None)
        if same is None:
            found[label] = mention
        elif len(mention.name) > len(found[same].name) and mention.source != "chunk":
            found[same] = mention
    return [Role(m, context.text.evidence(m.span), None, m.score) for m in found.values()]


def _is_own(context: Context, span: Span, own: set[str]) -> bool:
    """Return whether a span describes the very statement that the document reports ("the statement by" its issuer)."""
    found = _BARE_STATEMENT.match(context.text.string, span.begin, span.end)
    return found is not None and any(m.name.casefold() in own for m in context.mentions_in(span))


def _heads_itself(context: Context, title: Span, span: Span) -> bool:
    """Return whether a headline calls its own document so ("Joint statement by A and B")."""
    return _ITSELF.match(context.text.string, title.begin, title.end) is not None and span.begin - title.begin < _NEAR


def _arbitrated(spans: list[Span]) -> list[Span]:
    """Keep the longer of two spans that overlap."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or not span.overlaps(kept[-1]):
            kept.append(span)
        elif len(span) > len(kept[-1]):
            kept[-1] = span
    return kept


def _mention(context: Context, span: Span) -> Mention:
    own = next((m for m in context.mentions_in(span) if m.type is EntityType.INSTRUMENT and span.holds(m.span)), None)
    if own is not None and own.key:
        return own
    text = context.text.of(span)
    named = text[0].isupper() or any(w[0].isupper() for w in text.split()[-1:])
    return Mention(
        span, text, EntityType.INSTRUMENT, bare_name(text), "pattern" if named else "chunk", 0.8 if named else 0.6
    )


def _same(context: Context, one: Mention, other: Mention) -> bool:
    """Return whether two names are one instrument's: the same key, an apposition, or words of one among the other's."""
    if one.key and other.key:
        return one.key == other.key
    between = context.text.string[one.span.end : min(other.span.begin, one.span.end + _APPOSITION)]
    if _KNOWN_AS.fullmatch(between):
        return True
    if _only_some(one) != _only_some(other):
        return False
    ones, others = ({_words(m.name), _words(m.text)} - {frozenset()} for m in (one, other))
    return any(a <= b or b <= a for a in ones for b in others)


def _only_some(mention: Mention) -> bool:
    """Return whether resolutions are meant without their numbers, which are then none of those cited by number."""
    return re.search(r"resolutions$", mention.name, re.IGNORECASE) is not None


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    found = re.findall(r"\w+", name.lower().replace("united nations", "un").replace("unsc ", "un security council "))
    kept = (word for word in found if word not in word_set("no_identity"))
    return frozenset("agreement" if word in {"deal", "accord", "accords"} else word.rstrip("s") for word in kept)
