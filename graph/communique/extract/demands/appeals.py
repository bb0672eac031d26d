"""Whom a statement itself calls on: the difference between its own appeals and those it only relays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.extract.demands.cues import CueRow, cue_rows
from communique.extract.grammar.actors import actors_in
from communique.extract.grammar.phrase_table import word_set
from communique.extract.parties.own import Own
from communique.extract.text import Context
from communique.model import Attribution, Demand, EntityType, Mention, Role, Span

_MOST_WORDS = 3
_BEFORE_CUE = 40
_OWNED = re.compile(r"(?i)\b(?:its|their|his|her)\s+$")
_WHERE = re.compile(r"(?i)[\s\w’'-]*[a-z]\s+(?:in|of|within|inside|across)\s+(?:the\s+)?")
_REPEATED = re.compile(r"(?i)\b(?:re(?:new|iterat|peat)\w*|joins?|adds?|mak(?:es?|ing))\b[^.]*$")


def appealed(demands: Sequence[Demand], context: Context, attributions: Sequence[Attribution] = ()) -> list[Role]:
    """Return the named addressees whom the statement itself calls on, urges, asks or warns: they are recipients.

    "Must" and "should" alone address nobody, nor does an appeal that the document only relays from a third party.
    """
    own = Own(context, attributions)
    found: list[Role] = []
    for demand in demands:
        if (
            is_own_appeal(context, demand, own)
            and demand.cue
            and (any(r.appeal for r in _cue_rows(context, demand.cue)) or _demands(context, demand.cue))
        ):
            named = (r for r in demand.addressees if is_particular(context, r))
            found += [r for r in named if not _is_only_where(context, demand.cue, r.mention)]
    found += [r for r in _warned(context, own) if is_particular(context, r)]
    seen: set[tuple[str, str]] = set()
    out: list[Role] = []
    for role in sorted(found, key=lambda r: r.mention.span):
        key = (role.mention.type, role.mention.key or role.mention.name.casefold())
        if key not in seen:
            seen.add(key)
            out.append(role)
    return out


def _is_only_where(context: Context, cue: Span, named: Mention) -> bool:
    """Return whether a state only says where those called on are, or whose ("calls on the opposition in Varenia")."""
    between = context.text.string[cue.end : named.span.begin] if cue.end <= named.span.begin else ""
    return named.type in (EntityType.STATE, EntityType.PLACE) and _WHERE.fullmatch(between) is not None


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


def is_own_appeal(context: Context, demand: Demand, own: Own) -> bool:
    """Return whether the statement itself calls on somebody or for something, and does not relay what others ask."""
    rows = _cue_rows(context, demand.cue) if demand.cue is not None else []
    strong = any(r.frame == "thing" or (r.frame == "addressee" and not r.care) or r.appeal for r in rows)
    if not strong or demand.cue is None or _is_of_another(context, demand.cue):
        return False
    return own.performs(demand.cue)


def _is_of_another(context: Context, cue: Span) -> bool:
    """Return whether a cue is a noun that somebody spoken of owns ("welcomes the resolution and its call on ...")."""
    before = context.text.string[max(0, cue.begin - _BEFORE_CUE) : cue.begin]
    return _OWNED.search(before) is not None and _REPEATED.search(before) is None


def _cue_rows(context: Context, cue: Span) -> list[CueRow]:
    return cue_rows(context.text.of(cue))


def _warned(context: Context, own: Own) -> list[Role]:
    """Return whom the statement warns ("warns the Ostmark against attacks"): addressed, though nothing is demanded."""
    found: list[Role] = []
    for sentence in context.text.sentences:
        for at, token in enumerate(sentence.tokens):
            if token.lower in {"warn", "warns", "warned"} and token.begin < context.header.body.end:
                end = next(
                    (t.begin for t in sentence.tokens[at + 1 :] if t.lower in {"against", "not", "that", "of", "to"}), 0
                )
                if end and end - token.end < 120 and own.performs(token.span):
                    found += actors_in(context, Span(token.end, end), sentence.span, token.span)
    return found
