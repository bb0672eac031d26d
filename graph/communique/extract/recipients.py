"""Finds to whom a statement is sent or addressed: "sent to A, B and C", "Dear X", "calls on X", "congratulates X"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from communique.extract.lists import coordinated
from communique.extract.text import Context
from communique.model import Attribution, EntityType, Mention, Role, Span
from communique.resources import lexicon

_NAMED = (EntityType.PERSON, EntityType.ORG, EntityType.STATE, EntityType.OFFICE)
_DOCUMENT = re.compile(
    r"(?i)\b(?:statement|letter|appeal|message|note|cop(?:y|ies)|communiqu[eé]|declaration|telegram|petition|"
    r"address|it)\b"
)
_THING = re.compile(r"(?i)\b(?:report|bill|case|file|troops|forces|aid|draft|request|complaint)s?\b[^.]*$")
_SALUTATION = re.compile(
    r"(?m)^\s*(?:Dear|To|TO|Attention|Attn|Cc|CC)\b[:,]?\s+(?:the\s+)?|"
    r"^\s*(?:Your|His|Her)\s+(?:Royal\s+)?(?:Excellency|Highness|Majesty),?\s+"
)


def find_recipients(
    context: Context, attributions: Sequence[Attribution], appealed: Sequence[Role]
) -> tuple[Role, ...]:
    """Return the recipients, each once, in the order of the text.

    ``appealed`` are the addressees of demands made with "calls on", "urges", "asks" and the like. An issuer, and the
    body it speaks for, is no recipient of its own statement.
    """
    own = {a.issuer.mention.name for a in attributions} | {
        a.on_behalf_of.mention.name for a in attributions if a.on_behalf_of
    }
    found: dict[tuple[EntityType, str], Role] = {}
    for role in [*_sent(context, own), *_saluted(context), *appealed]:
        mention = role.mention
        if mention.type in _NAMED and mention.name not in own:
            key = (mention.type, mention.key or mention.name.casefold())
            if key not in found or role.confidence > found[key].confidence:
                found[key] = role
    return tuple(sorted(found.values(), key=lambda r: r.mention.span))


@cache
def _cues() -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple(
        (re.compile(rf"(?i)\b(?:{row['pattern']})\s+(?:the\s+)?"), float(row["confidence"]))
        for row in lexicon("recipient_cues")
    )


def _sent(context: Context, own: set[str]) -> Iterator[Role]:
    string = context.text.string
    for sentence in context.text.sentences:
        if sentence.span.begin >= context.header.body.end:
            break
        for pattern, confidence in _cues():
            for m in pattern.finditer(string, sentence.span.begin, sentence.span.end):
                if not _of_statement(context, sentence.span.begin, m.start(), own):
                    continue
                for mention in coordinated(context, m.end(), sentence.span.end):
                    yield Role(mention, sentence.span, Span(m.start(), _end(string, m.start(), m.end())), confidence)


def _of_statement(context: Context, begin: int, cue: int, own: set[str]) -> bool:
    """Return whether what is sent is the statement, or who sends is its issuer, and nobody else."""
    subject = [m for m in context.mentions_in(Span(begin, cue)) if m.type in _NAMED]
    before = context.text.string[begin:cue]
    if _DOCUMENT.search(before):
        return True
    if _THING.search(before):
        return False
    return not subject or subject[-1].name in own or cue - subject[-1].span.end > 60


def _saluted(context: Context) -> Iterator[Role]:
    string = context.text.string
    for m in _SALUTATION.finditer(string):
        line = string.find("\n", m.end())
        limit = line if line >= 0 else len(string)
        if limit - m.end() > 200:
            continue
        for mention in coordinated(context, m.end(), limit):
            yield Role(mention, Span(m.start(), limit), Span(m.start(), _end(string, m.start(), m.end())), 0.9)


def _end(string: str, begin: int, end: int) -> int:
    return begin + len(string[begin:end].rstrip())


def first_mentions(context: Context, types: Sequence[EntityType]) -> list[Mention]:
    """Return the first mention of each entity of the given types in headline and body, in order."""
    seen: dict[tuple[EntityType, str], Mention] = {}
    for mention in context.mentions:
        if mention.type in types and mention.span.begin < context.header.body.end:
            seen.setdefault((mention.type, mention.key or mention.name.casefold()), mention)
    return list(seen.values())
