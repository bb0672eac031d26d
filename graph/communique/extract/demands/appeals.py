"""Whom a statement itself calls on: the difference between its own appeals and those it only relays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from communique.extract.demands.cues import CueRow, cue_rows
from communique.extract.grammar.actors import actors_in
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context
from communique.model import Demand, EntityType, Role, Span

_MOST_TOKENS, _MOST_CHARACTERS = 80, 500


def appealed(demands: Sequence[Demand], context: Context, issuer: Role | None = None) -> list[Role]:
    """Return the named addressees whom the statement itself calls on, urges, asks or warns: they are recipients.

    "Must" and "should" alone address nobody, nor does an appeal that the document only relays from a third party.
    """
    found: list[Role] = []
    for demand in demands:
        if (
            is_own_appeal(context, demand, issuer)
            and demand.cue
            and any(r.appeal for r in _cue_rows(context, demand.cue))
        ):
            found += [r for r in demand.addressees if r.mention.type is not EntityType.GROUP]
    found += [r for r in _warned(context, issuer) if r.mention.type is not EntityType.GROUP]
    seen: set[tuple[str, str]] = set()
    out: list[Role] = []
    for role in sorted(found, key=lambda r: r.mention.span):
        key = (role.mention.type, role.mention.key or role.mention.name.casefold())
        if key not in seen:
            seen.add(key)
            out.append(role)
    return out


def is_own_appeal(context: Context, demand: Demand, issuer: Role | None = None) -> bool:
    """Return whether the statement itself calls on somebody or for something, and does not relay what others ask."""
    rows = _cue_rows(context, demand.cue) if demand.cue is not None else []
    strong = any(r.frame == "thing" or (r.frame == "addressee" and not r.care) or r.appeal for r in rows)
    return strong and demand.cue is not None and own_words(context, demand.cue, issuer)


def _cue_rows(context: Context, cue: Span) -> list[CueRow]:
    return cue_rows(context.text.of(cue))


def own_words(context: Context, cue: Span, issuer: Role | None) -> bool:
    """Return whether an act of speech is the statement's own: its subject is "we", the issuer, or named early."""
    sentence = context.text.sentence_at(cue.begin)
    if sentence is None:
        return False
    place = bisect_left(sentence.tokens, cue.begin, key=lambda t: t.begin)
    low = [t.lower for t in sentence.tokens[max(0, place - _MOST_TOKENS) : place]]
    passive = context.text.of(cue).split()[0].lower().endswith("ed") and set(low[-3:]) & word_set("be")
    if passive or set(low[-3:]) & {"they", "he", "she", "who", "which", "many", "some", "others"}:
        return False
    begin = max(sentence.span.begin, cue.begin - _MOST_CHARACTERS)
    named = [m for m in context.mentions_in(Span(begin, cue.begin)) if m.type is not EntityType.PLACE]
    if set(low) & {"we", "i", "our", "my"} or not named:
        return True
    subject = named[-1]
    if issuer is not None and any(_same(m.name, issuer.mention.name) for m in named):
        return True
    present = context.text.of(cue).split()[0].lower().endswith("s")
    if subject.type is EntityType.STATE and present and (issuer is None or issuer.mention.type is EntityType.PERSON):
        return True
    opening = _opening(context)
    named_first = context.mentions_in(opening)
    same_state = bool(subject.country) and any(
        m.country == subject.country and m.type is not EntityType.PLACE for m in named_first
    )
    return same_state or opening.overlaps(subject.span) or any(_same(subject.name, m.name) for m in named_first)


def _opening(context: Context) -> Span:
    """Return headline and first two sentences of the running text."""
    title = context.header.title
    begin = context.header.body.begin
    first = context.text.sentence_at(begin)
    at = 0 if first is None else first.index
    following = [s for s in context.text.sentences[at : at + 3] if s.span.end > begin][:2]
    end = following[-1].span.end if following else begin
    return Span(title.begin if title is not None else begin, end)


def _same(one: str, other: str) -> bool:
    a, b = set(one.lower().split()), set(other.lower().split())
    return bool(a and b) and (a <= b or b <= a)


def _warned(context: Context, issuer: Role | None) -> list[Role]:
    """Return whom the statement warns ("warns the Ostmark against attacks"): addressed, though nothing is demanded."""
    found: list[Role] = []
    for sentence in context.text.sentences:
        for at, token in enumerate(sentence.tokens):
            if token.lower in {"warn", "warns", "warned"} and token.begin < context.header.body.end:
                end = next(
                    (t.begin for t in sentence.tokens[at + 1 :] if t.lower in {"against", "not", "that", "of", "to"}), 0
                )
                if end and end - token.end < 120 and own_words(context, token.span, issuer):
                    found += actors_in(context, Span(token.end, end), sentence.span, token.span)
    return found
