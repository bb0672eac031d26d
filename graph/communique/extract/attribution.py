"""Says in which capacity an issuer speaks, and for which body or state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from communique.extract.speakers import next_person
from communique.extract.text import Context
from communique.model import Attribution, EntityType, Mention, Role, Span
from communique.resources import words

_BEFORE = re.compile(
    r"\s*,?\s*(?:(?:the\s+)?(?:Rt\.?\s+)?Hon(?:\.|ourable)?\s+|H\.E\.\s+|Mr\.?\s+|Ms\.?\s+|Mrs\.?\s+|Dr\.?\s+)?"
)
"""What may stand between an office and the name of who holds it."""
_AFTER = re.compile(r"\s*(?:,|\(|\n)\s*(?:MP|the|an|a)?,?\s*")
"""What may stand between a name and the office behind it."""


def attribute(
    context: Context, mention: Mention, confidence: float, cue: Span | None = None, bodies: Sequence[Mention] = ()
) -> Attribution:
    """Return the attribution of one issuer; ``bodies`` are those that the document may be of, the likeliest first."""
    evidence = context.text.evidence(mention.span)
    role = Role(mention, evidence, cue, confidence)
    if mention.type == EntityType.OFFICE:
        return Attribution(role, role, _body_of(context, mention, bodies))
    if mention.type != EntityType.PERSON:
        return Attribution(role, None, role)
    office = office_of(context, mention)
    capacity = Role(office, context.text.evidence(office.span), None, 0.85) if office else None
    return Attribution(role, capacity, _body_of(context, office, bodies))


def attribute_party(context: Context, mention: Mention, office: Mention | None) -> Attribution:
    """Return the attribution of one party of a joint statement, in the office that all share, where there is one."""
    attribution = attribute(context, mention, 0.85)
    if mention.type == EntityType.OFFICE and mention.source != "authority" and attribution.on_behalf_of:
        return replace(attribution, issuer=attribution.on_behalf_of)
    if office is None or mention.type not in (EntityType.STATE, EntityType.ORG):
        return attribution
    post = replace(office, name=f"{office.name} of {mention.text}", within=mention.text, country=mention.country)
    return replace(attribution, capacity=Role(post, context.text.evidence(office.span), None, 0.7))


def office_of(context: Context, person: Mention) -> Mention | None:
    """Return the office that the text gives a person in apposition: one with a body first, then the first."""
    names = [m for m in context.mentions if m.type == EntityType.PERSON and same_name(m, person)]
    found = [m for m in context.mentions if m.type == EntityType.OFFICE and _held(context, m, names)]
    return max(found, key=lambda o: (bool(o.within or o.country), -o.span.begin), default=None)


def _held(context: Context, office: Mention, names: Sequence[Mention]) -> bool:
    """Return whether an office stands straight before or behind one of the mentions of a person."""
    string = context.text.string
    for name in names:
        if 0 <= name.span.begin - office.span.end < 40 and _BEFORE.fullmatch(string[office.span.end : name.span.begin]):
            return True
        if 0 <= office.span.begin - name.span.end < 12 and _AFTER.fullmatch(string[name.span.end : office.span.begin]):
            return next_person(context, office) is None
    return False


def same_name(a: Mention, b: Mention) -> bool:
    """Return whether two mentions carry one name, in capitals or not."""
    return a.name.casefold() == b.name.casefold()


def belongs(office: Mention, body: Mention) -> bool:
    """Return whether an office may be one of a body: named in it, of its country, or with no body of its own."""
    if body.name.casefold() in office.name.casefold():
        return True
    if office.within and office.within.casefold() in body.name.casefold():
        return True
    if body.type == EntityType.STATE:
        return body.country == office.country
    return not office.within and not office.country


def _body_of(context: Context, office: Mention | None, bodies: Sequence[Mention]) -> Role | None:
    """Return the body or state that an office speaks for: named in the office, else the one the document is of."""
    if office is not None and office.within:
        return _within(context, office)
    states = [
        m for m in context.mentions if office and m.type == EntityType.STATE and m.country == office.country != ""
    ]
    for mention in [*_publishing_body(context), *bodies, *states]:
        return Role(mention, context.text.evidence(mention.span), None, 0.6)
    return None


def _publishing_body(context: Context) -> list[Mention]:
    """Return the body whose own site or letterhead the document is from; a news agency speaks for nobody."""
    span = context.header.publisher_span
    if span is None or context.header.publisher.casefold() in words("publishers", "name"):
        return []
    return [m for m in context.mentions if m.type == EntityType.ORG and m.span.overlaps(span)][:1]


def _within(context: Context, office: Mention) -> Role:
    """Make a role of the body named inside an office's name, or known from the office's record."""
    if office.source == "authority":
        kind = EntityType.STATE if re.fullmatch(r"place/[a-z]{2}", office.within) else EntityType.ORG
        body = Mention(office.span, office.text, kind, office.within, "post", 0.9, office.within, office.country)
        return Role(body, context.text.evidence(office.span), None, 0.9)
    begin = office.span.begin + max(0, office.text.find(office.within))
    span = Span(begin, begin + len(office.within))
    known = _known_body(context, office.within)
    if known is not None and known.type in (EntityType.ORG, EntityType.STATE):
        body = replace(known, span=span, text=office.within)
    elif office.country and " " not in office.within:  # a demonym: the state itself
        key = f"place/{office.country.lower()}"
        body = Mention(span, office.within, EntityType.STATE, office.within, "office", 0.8, key, office.country)
    else:
        body = Mention(span, office.within, EntityType.ORG, office.within, "office", 0.7, "", office.country)
    return Role(body, context.text.evidence(office.span), None, 0.85)


def _known_body(context: Context, within: str) -> Mention | None:
    """Return the mention that names a body: the same words, else one that a bare head ("Department") is short for."""
    wanted = within.casefold()
    for m in context.mentions:
        if m.name.casefold() == wanted or m.text == within:
            return m
    if " " in within:
        return None
    pattern = re.compile(rf"(?i)\b{re.escape(within)}\b")
    return next((m for m in context.mentions if m.type == EntityType.ORG and pattern.search(m.name)), None)
