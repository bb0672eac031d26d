"""The stages of extraction in their order: from a document to the statement it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from communique.authority.naming import is_telling
from communique.authority.records import Authority
from communique.extract.cites.cites import find_cites
from communique.extract.demands.appeals import appealed
from communique.extract.demands.demands import find_demands
from communique.extract.events.characterizations import find_characterizations
from communique.extract.events.events import find_events
from communique.extract.head.header import read_header
from communique.extract.kinds import find_kinds
from communique.extract.names.introduced import introduced_bodies
from communique.extract.names.mentions import clean_name, find_mentions
from communique.extract.names.publishing import publishing_body
from communique.extract.parties.issuer import find_issuers
from communique.extract.parties.quotes import find_quotations
from communique.extract.parties.recipients import find_recipients, first_mentions
from communique.extract.temporal.times import time_expressions
from communique.extract.text import QUOTED, Context, Text
from communique.model import (
    Attribution,
    Document,
    EntityType,
    Mention,
    Ner,
    Reading,
    Role,
    Span,
    Statement,
)
from communique.vocab import time_label

_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]ndersigned)\b")
_PRESENT = re.compile(
    r"(?:\s*\([^()]{1,40}\))?\s+(?:\w+ly\s+|once again\s+|also\s+)*(?:condemns|calls|urges|welcomes|reaffirms|"
    r"reiterates|expresses|deplores|denounces|stands|rejects|demands|appeals|congratulates|commends|notes|joins)\b"
)
_NAMED = (
    EntityType.PLACE,
    EntityType.STATE,
    EntityType.PERSON,
    EntityType.ORG,
    EntityType.OFFICE,
)


def read_statement(document: Document, authority: Authority, ner: Ner = Ner.NONE) -> Reading:
    """Return what one document says, with roles that hold mentions only; ``link`` gives them their entities."""
    context = read_context(document, authority, ner)
    header, text = context.header, context.text
    times = time_expressions(text, header.issued[:10], header.body)
    attributions = find_issuers(context)
    issuer = attributions[0].issuer if attributions else None
    demands = find_demands(context, issuer)
    quotations = find_quotations(context, issuer)
    recipients = find_recipients(context, attributions, appealed(demands, context, attributions))
    kinds = find_kinds(context, demands, attributions)
    speakers = [r.mention for a in attributions for r in (a.on_behalf_of, a.issuer, a.capacity) if r is not None]
    events = find_events(context, times, [d.action for d in demands], speakers, quotations)
    cites = find_cites(context, attributions)
    statement = Statement(
        span=_statement_span(context, attributions),
        issued=header.issued[:10],
        kinds=kinds,
        attributions=attributions,
        recipients=recipients,
        events=tuple(events),
        demands=tuple(demands),
        quotations=tuple(quotations),
        characterizations=tuple(find_characterizations(context, events)),
        cites=tuple(cites),
    )
    statement = replace(statement, label=_label(statement), mentions=_mentioned(context, statement))
    publisher = _publisher(context, attributions)
    return Reading(document, header, (statement,), (), publisher, tuple(context.mentions))


def read_context(document: Document, authority: Authority, ner: Ner = Ner.NONE) -> Context:
    """Return a document's header, text and mentions: what every later stage reads."""
    header = read_header(document)
    text = Text(document.text, cuts=() if header.title is None else (header.title.begin, header.title.end))
    own = [
        *publishing_body(text, header, header.publisher or document.metadata.publisher),
        *introduced_bodies(text, header),
    ]
    return Context(document, header, text, find_mentions(text, authority, own, header.issued[:10], ner))


def _statement_span(context: Context, attributions: tuple[Attribution, ...]) -> Span:
    """Return the clause that introduces the statement: the issuer's sentence, else the first sentence of the body."""
    body = context.body
    for attribution in attributions:
        if any(s.span.overlaps(attribution.issuer.evidence) for s in body):
            return attribution.issuer.evidence
    if body:
        return body[0].span
    sentences = context.text.sentences
    return sentences[0].span if sentences else Span(0, len(context.document.text))


def _mentioned(context: Context, statement: Statement) -> tuple[Role, ...]:
    """Return every place, agent and instrument named: the names of the text, and named parts of the statement."""
    found = [
        Role(m, context.text.evidence(m.span), None, m.score)
        for m in first_mentions(context, _NAMED)
        if m.source != "guess" and is_telling(m)
    ]
    seen = {_identity(role) for role in found}
    for role in _parts(statement):
        implied = role.mention.type == EntityType.GROUP or role.mention.source == "post"
        if not implied and _identity(role) not in seen:
            seen.add(_identity(role))
            found.append(replace(role, cue=None))
    return tuple(found)


def _identity(role: Role) -> tuple[EntityType, str]:
    return (role.mention.type, role.mention.key or role.mention.name.casefold())


def _parts(statement: Statement) -> Iterator[Role]:
    yield from (*statement.cites, *statement.recipients)
    for attribution in statement.attributions:
        yield from (r for r in (attribution.issuer, attribution.on_behalf_of) if r is not None)
    for event in statement.events:
        yield from (*event.agents, *event.patients)


def _publisher(context: Context, attributions: tuple[Attribution, ...]) -> Role | None:
    """Return who published the document: named in its head or container, else the body whose own release it is."""
    header, name = context.header, context.header.publisher or context.document.metadata.publisher
    if name:
        span = header.publisher_span or Span(0, 0)
        kinds = (EntityType.ORG, EntityType.OFFICE)
        named = (m for m in context.mentions if m.type in kinds and m.span.overlaps(span))
        known = next((m for m in named if 2 * len(m.span) > len(span)), None)
        spoken_for = _spoken_for(known, attributions)
        if spoken_for is not None:
            return spoken_for
        mention = known or Mention(span, name, EntityType.ORG, clean_name(name), "pattern", 0.8)
        return Role(mention, context.text.evidence(span) if header.publisher_span else span, None, 0.92)
    headed = next((r for a in attributions for r in (a.capacity, a.issuer) if r and _in_letterhead(context, r)), None)
    body = _releasing_body(context, attributions[0]) if len(attributions) == 1 else None
    if body is None or (headed is not None and body.mention.type is EntityType.STATE):
        return headed
    return body


def _releasing_body(context: Context, attribution: Attribution) -> Role | None:
    """Return the body spoken for where the document is its own: a release, or a text in which it speaks itself."""
    body = attribution.on_behalf_of
    if body is None or (body.mention.source == "post" and not body.mention.key):
        return None  # the opposition, which an office only implies
    if body is not attribution.issuer and body.cue is not None:
        return None  # a body that somebody speaks "on behalf of"
    own = _own_release(context) or (body.mention.type is EntityType.ORG and _own_words(context, body))
    return body if own else None


def _spoken_for(named: Mention | None, attributions: tuple[Attribution, ...]) -> Role | None:
    """Return the body that publishes under the office of its spokesperson ("Open Border Spokesperson on Ferries")."""
    if named is None or named.type is not EntityType.OFFICE or "spokes" not in named.name.lower():
        return None
    bodies = (a.on_behalf_of for a in attributions if a.capacity and a.capacity.mention.name == named.name)
    return next((b for b in bodies if b is not None and b.mention.type is EntityType.ORG), None)


def _in_letterhead(context: Context, role: Role) -> bool:
    """Return whether an issuer, or its office, stands in the head of the document and not in the headline."""
    title = context.header.title
    name = role.mention.name.casefold()
    above = [m for m in context.mentions if m.span.end <= context.header.body.begin and m.name.casefold() == name]
    return any(title is None or not title.overlaps(m.span) for m in above)


def _own_words(context: Context, body: Role) -> bool:
    """Return whether a body speaks in the running text itself: "we" outside quotations, or its name with a verb of now.

    A report of what a body said tells it in the past tense and quotes.
    """
    area = context.header.body
    if _WE.search(QUOTED.sub(" ", context.text.string[area.begin : area.begin + 20_000])):
        return True
    names = [m for m in context.mentions if m.name == body.mention.name and m.span.begin >= area.begin]
    return any(_PRESENT.match(context.text.string, m.span.end) for m in names)


def _own_release(context: Context) -> bool:
    return "release" in context.text.string[: context.header.body.begin + 200].lower()


def _label(statement: Statement) -> str:
    """Return "Protest and appeal by Sabina Aliyeva, 2021-05-27"."""
    kinds = " and ".join(k.name for k in statement.kinds) or "statement"
    names = [a.issuer.mention.name for a in statement.attributions]
    more = f" and {len(names) - 1} other{'s' if len(names) > 2 else ''}" if len(names) > 1 else ""
    by = f" by {names[0]}{more}" if names else ""
    return f"{kinds.capitalize()}{by}{', ' + time_label(statement.issued) if statement.issued else ''}"
