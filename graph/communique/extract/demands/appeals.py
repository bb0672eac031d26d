"""Whom a statement itself calls on: the difference between its own appeals and those it only relays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from communique.extract.demands.cues import CueRow, cue_rows, is_adverb
from communique.extract.grammar.actors import actors_in
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context, Token
from communique.model import Demand, EntityType, Mention, Role, Span
from communique.resources import words

_MOST_TOKENS, _MOST_CHARACTERS = 80, 500
_MOST_WORDS = 3


def appealed(demands: Sequence[Demand], context: Context, issuer: Role | None = None) -> list[Role]:
    """Return the named addressees whom the statement itself calls on, urges, asks or warns: they are recipients.

    "Must" and "should" alone address nobody, nor does an appeal that the document only relays from a third party.
    """
    found: list[Role] = []
    for demand in demands:
        if (
            is_own_appeal(context, demand, issuer)
            and demand.cue
            and (any(r.appeal for r in _cue_rows(context, demand.cue)) or _demands(context, demand.cue))
        ):
            found += [r for r in demand.addressees if is_particular(context, r)]
    found += [r for r in _warned(context, issuer) if is_particular(context, r)]
    seen: set[tuple[str, str]] = set()
    out: list[Role] = []
    for role in sorted(found, key=lambda r: r.mention.span):
        key = (role.mention.type, role.mention.key or role.mention.name.casefold())
        if key not in seen:
            seen.add(key)
            out.append(role)
    return out


def _demands(context: Context, cue: Span) -> bool:
    """Return whether something is demanded outright: whom a demand names is addressed by it."""
    return context.text.of(cue).lower().startswith("demand")


def is_particular(context: Context, role: Role) -> bool:
    """Return whether somebody is named, or is the one body of a state that "the government" can mean."""
    if role.mention.type is not EntityType.GROUP:
        return True
    found = role.mention.text.lower().split()
    before = context.text.string[max(0, role.mention.span.begin - 8) : role.mention.span.begin].lower().split()
    definite = bool(before) and before[-1] in word_set("definite")
    return definite and found[-1] in word_set("one_of_a_kind") and len(found) <= _MOST_WORDS


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
    if _others(context, sentence.tokens[max(0, place - _MOST_TOKENS) : place], issuer):
        return False
    begin = max(sentence.span.begin, cue.begin - _MOST_CHARACTERS)
    named = [m for m in context.mentions_in(Span(begin, cue.begin)) if m.type is not EntityType.PLACE]
    if set(low) & {"we", "i", "our", "my"} or not named:
        return True
    subject = named[-1]
    if issuer is not None and any(_same(m.name, issuer.mention.name) for m in named):
        return True
    if issuer is not None and subject.type is EntityType.OFFICE and _is_office_of(context, issuer, subject):
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


def _others(context: Context, before: Sequence[Token], issuer: Role | None) -> bool:
    """Return whether the subject straight before an act of speech is described and is not who makes the statement."""
    at = len(before) - 1
    while at >= 0 and (before[at].lower in word_set("before_act") or is_adverb(before[at])):
        at -= 1
    if at < 0 or not before[at].text.islower() or context.mention_at(before[at].begin) is not None:
        return False
    noun = before[at].lower
    own = issuer is not None and noun in issuer.mention.name.lower().split()
    known = noun in words("actor_nouns") or noun in words("people_nouns")
    several = noun.endswith("s") and not {t.lower for t in before[max(0, at - 4) : at]} & word_set("those_who_sign")
    return known and not own and (noun not in word_set("own_bodies") or several)


def _is_office_of(context: Context, issuer: Role, office: Mention) -> bool:
    """Return whether an office ("the Commissioner") is one that stands beside the issuer's name somewhere."""
    name = issuer.mention.name.casefold()
    beside = {office.span.end + 1, office.span.end + 2}
    for other in context.mentions:
        if other.type is EntityType.OFFICE and other.name.casefold() == office.name.casefold():
            beside |= {other.span.end + 1, other.span.end + 2, other.span.end + 4}
    return any(
        m.type is EntityType.PERSON and m.name.casefold() == name and m.span.begin in beside for m in context.mentions
    )


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
