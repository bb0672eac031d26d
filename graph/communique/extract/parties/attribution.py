"""Says in which capacity an issuer speaks, and for which body or state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.extract.demands.cues import third_person_verbs
from communique.extract.grammar.phrase_table import word_pattern, word_set
from communique.extract.head.dateline import publisher_kind
from communique.extract.parties.speakers import GOVERNED, next_person, verb_after
from communique.extract.text import Context
from communique.model import Attribution, EntityType, Mention, Role, Span
from communique.resources import words

_BEFORE = re.compile(
    r"(?:\s*\([A-Z][\w .-]{1,30}\))?\s*,?\s*(?:[Tt]he\s+)?(?:(?:Rt\.?\s+)?Hon(?:\.|ourable)?\s+|"
    r"H\.E\.\s+|Mr\.?\s+|Ms\.?\s+|Mrs\.?\s+|Dr\.?\s+|Senator\s+|Professor\s+|Prof\.?\s+|"
    r"General\s+|Judge\s+|Justice\s+|Sir\s+|Dame\s+|Ambassador\s+|Rev\.?\s+)?"
)
"""What may stand between an office and the name of who holds it."""
_SECOND_OFFICE = 140
_AND_OFFICE = re.compile(r"\s+and\s+(?:the\s+)?[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?\s+(?:of|for)\s+[^,.;\n]{3,100},\s+")
"""A second office between the first one and its holder ("Secretary of the A and Chair of the B, Dora Orrin")."""
_AFTER = re.compile(r"\s*(?:,?\s*(?:MP|M\.P\.?|[A-Z]{2,3}),?\s|,|\(|\n|–)\s*(?:MP|the|an|a)?,?\s*")
"""What may stand between a name and the office behind it."""
_BESIDE = re.compile(r"(?:,|,?\s+of|,?\s+at|,?\s+with)?\s+(?:the\s+)?")
"""What may stand between an office and the body it is held in."""
_OF_STATE = re.compile(r"(?:,?\s+(?:Jr|Sr)\.?,?)?\s+of\s+(?:the\s+)?")
_OF_GOVERNMENT = re.compile(
    r"(?i)\b(?:\w*minister|ministers|premier|chancellor|(?:foreign|home|parliamentary) secretary|"
    r"ambassad\w+|attorney-general|permanent representative|consul|envoy)\b"
)
_PRESIDENT_OF = re.compile(
    r"(?i)(?:vice[- ])?president of (?:the )?(?!.*\b(?:court|parliament|senate|assembly|bank)\b)"
)
_HEAD_OF_STATE = re.compile(r"(?i)(?:vice[- ])?president")
_NOT_OF_GOVERNMENT = re.compile(r"(?i)\b(?:shadow|opposition|former|ex|general secretary|spokes\w+)\b")
_OPPOSITION = re.compile(r"\b(?:Federal\s+)?(?:Opposition|Coalition)\b(?!\s+(?:[Ll]eader|[Ss]pokes|[Ww]hip|[Ff]orces))")
_SPEAKS_AS_OPPOSITION = re.compile(
    r"\W*The\s+(?:Federal\s+)?(?:Opposition|Coalition)\s+(?:is|has|will|believes|supports)\b"
)
_ON_BEHALF = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Hh]onou?r)\b[^.\n]{0,80}?\b(on behalf of|in the name of)\s+"
    r"(?:the\s+(?:government\s+of\s+(?:the\s+)?)?)?"
    r"|^\W*(On behalf of|In the name of)\s+(?:the\s+)?(?=[^.\n]{0,120}\b(?:I|we|my|our)\b)",
    re.MULTILINE,
)
_IN = re.compile(r"(?i)\bin\s+(?:the\s+)?$")
_OPENING = 6
_NEXT_WORD = re.compile(r"\s+([a-z]+s)\b")
_ACTS = re.compile(r"\s+(?:will|is|has|had|remains|continues)\b")


def attribute(
    context: Context, mention: Mention, confidence: float, cue: Span | None = None, bodies: Sequence[Mention] = ()
) -> Attribution:
    """Return the attribution of one issuer; ``bodies`` are those that the document may be of, the likeliest first."""
    evidence = context.text.evidence(mention.span)
    role = Role(mention, evidence, cue, confidence)
    if mention.type == EntityType.OFFICE:
        return Attribution(role, role, _on_behalf(context) or _body_of(context, mention, bodies))
    if mention.type != EntityType.PERSON:
        return Attribution(role, None, role)
    office = _of_named_state(context, mention, office_of(context, mention))
    capacity = Role(office, context.text.evidence(office.span), None, 0.9) if office else None
    body = _on_behalf(context) or (_state_behind(context, mention) if office is None else None)
    return Attribution(role, capacity, body or _body_of(context, office, bodies))


def _state_behind(context: Context, person: Mention) -> Role | None:
    """Return the state that a person without an office is named with ("Irma Dosta of Varenia")."""
    found = _OF_STATE.match(context.text.string, person.span.end)
    state = context.mention_at(found.end()) if found else None
    if state is None or state.type != EntityType.STATE:
        return None
    return Role(state, context.text.evidence(state.span), None, 0.75)


def _on_behalf(context: Context) -> Role | None:
    """Return the body or state that a speaker says to speak for: "I speak today on behalf of the Union"."""
    for sentence in context.body[:_OPENING]:
        found = _ON_BEHALF.search(context.text.string, sentence.span.begin, sentence.span.end)
        named = context.mention_at(found.end()) if found is not None else None
        if found is not None and named is not None and named.type in (EntityType.ORG, EntityType.STATE):
            return Role(named, sentence.span, Span(*found.span(1 if found[1] else 2)), 0.85)
    return None


def attribute_party(context: Context, mention: Mention, office: Mention | None) -> Attribution:
    """Return the attribution of one party of a joint statement, in the office that all share, where there is one."""
    attribution = attribute(context, mention, 0.92)
    by_state = mention.source != "authority" or office is not None
    if mention.type == EntityType.OFFICE and by_state and attribution.on_behalf_of:
        return replace(attribution, issuer=attribution.on_behalf_of)
    if office is None or mention.type not in (EntityType.STATE, EntityType.ORG):
        return attribution
    post = replace(office, name=f"{office.name} of {mention.text}", within=mention.text, country=mention.country)
    return replace(attribution, capacity=Role(post, context.text.evidence(office.span), None, 0.7))


def office_of(context: Context, person: Mention) -> Mention | None:
    """Return the office that the text gives a person in apposition: one with a body first, then the first, in full."""
    names = [m for m in context.mentions if m.type == EntityType.PERSON and same_name(m, person)]
    found = [m for m in context.mentions if m.type == EntityType.OFFICE and _held(context, m, names)]
    best = max(found, key=lambda o: (bool(o.within or o.country), " " in o.name, -o.span.begin), default=None)
    if best is None:
        return None
    short = best.name.casefold()
    return max((o for o in found if o.name.casefold().startswith(short)), key=lambda o: (len(o.name), -o.span.begin))


def _of_named_state(context: Context, person: Mention, office: Mention | None) -> Mention | None:
    """Return the office as one of the state behind the holder's name ("President Dora Orrin of Varenia")."""
    if office is None or office.within:
        return office
    for named in context.mentions:
        if named.type != EntityType.PERSON or not same_name(named, person):
            continue
        after = context.mention_at(named.span.end + 4) or context.mention_at(named.span.end + 8)
        if after is None or after.type != EntityType.STATE:
            continue
        if _OF_STATE.fullmatch(context.text.string, named.span.end, after.span.begin):
            name = f"{office.name} of {after.text}"
            return replace(office, name=name, within=after.text, country=after.country, source="office")
    return office


def _held(context: Context, office: Mention, names: Sequence[Mention]) -> bool:
    """Return whether an office stands straight before or behind one of the mentions of a person."""
    string = context.text.string
    for name in names:
        if 0 <= name.span.begin - office.span.end < 40 and _BEFORE.fullmatch(string[office.span.end : name.span.begin]):
            return True
        if 0 <= name.span.begin - office.span.end < _SECOND_OFFICE and _AND_OFFICE.fullmatch(
            string, office.span.end, name.span.begin
        ):
            return True
        if office.span.begin - name.span.end == 1 and " " in office.name:
            return next_person(context, office) is None
        if 0 <= office.span.begin - name.span.end < 12 and _AFTER.fullmatch(string[name.span.end : office.span.begin]):
            return next_person(context, office) is None
    return False


def holds(context: Context, person: Mention, office: Mention) -> bool:
    """Return whether the text gives a person an office of this name anywhere."""
    names = [m for m in context.mentions if m.type == EntityType.PERSON and same_name(m, person)]
    wanted = _office_words(office)
    return any(
        m.type == EntityType.OFFICE and _office_words(m) == wanted and _held(context, m, names)
        for m in context.mentions
    )


def _office_words(office: Mention) -> frozenset[str]:
    """Return the words that tell an office: "Minister for Foreign Affairs" is the "Foreign Minister"."""
    return frozenset(office.name.casefold().split()) - word_set("office_joints")


def same_name(a: Mention, b: Mention) -> bool:
    """Return whether two mentions carry one name, in capitals or not."""
    return a.name.casefold() == b.name.casefold()


def belongs(office: Mention, body: Mention) -> bool:
    """Return whether an office may be one of a body: named in it, of its country, or with no body of its own."""
    if body.name.casefold() in office.name.casefold():
        return True
    if office.within and (_all_in(office.within, body.name) or _all_in(body.name, office.within)):
        return True
    if body.type == EntityType.STATE:
        return body.country == office.country
    adviser = re.search(r"(?i)\badvis[eo]r\b", office.name) is not None  # of a person, mostly, and not of a body
    return not office.within and not office.country and not adviser and not _is_of_another(office, body)


def is_bare_president(office: Mention) -> bool:
    """Return whether an office is "President" and no more: of the body that speaks, or of a state it speaks about."""
    return _HEAD_OF_STATE.fullmatch(office.name) is not None and not office.within and not office.country


def _is_of_another(office: Mention, body: Mention) -> bool:
    """Return whether an office that names no body is a government's ("Interior Minister"), and the body is none."""
    name = office.name
    governs = _HEAD_OF_STATE.fullmatch(name) or (_OF_GOVERNMENT.search(name) and not _NOT_OF_GOVERNMENT.search(name))
    return bool(governs) and not word_pattern("government_bodies").search(body.name)


def _all_in(part: str, whole: str) -> bool:
    """Return whether all words of a name stand in another ("Rights Commission", "Rights and Equality Commission")."""
    return set(part.casefold().split()) <= set(whole.casefold().split())


def _body_of(context: Context, office: Mention | None, bodies: Sequence[Mention]) -> Role | None:
    """Return the body or state that an office speaks for: named in the office, else the one the document is of."""
    if office is not None and office.within:
        return _within(context, office)
    for mention in _likely_bodies(context, office, bodies):
        return Role(mention, context.text.evidence(mention.span), None, 0.75)
    return None


def _likely_bodies(context: Context, office: Mention | None, bodies: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the bodies that a person may speak for whose office names none, the likeliest first."""
    if office is not None:
        yield from beside(context, office)
        if _OF_GOVERNMENT.search(office.name) and not _NOT_OF_GOVERNMENT.search(office.name):
            yield from speaking_state(context)
        if is_bare_president(office):
            yield from _located_state(context, office)
        before = context.mention_at(office.span.begin - 2) if office.span.begin > 1 else None
        if before is not None and before.type == EntityType.ORG and before.span.end == office.span.begin - 1:
            yield before  # "Daylight Director Dora Orrin"
        if re.search(r"(?i)\bshadow\b", office.name):
            yield from _opposition(context, office)
        yield from _party(context, office)
    yield from _publishing_body(context)
    if office is None and any(_SPEAKS_AS_OPPOSITION.match(context.text.of(s.span)) for s in context.body[:3]):
        yield from _opposition(context, None)
    if office is None or not _OF_GOVERNMENT.search(office.name):
        yield from bodies
    if office is not None and office.country:
        yield from (m for m in context.mentions if m.type == EntityType.STATE and m.country == office.country)


def _located_state(context: Context, office: Mention) -> Iterator[Mention]:
    """Yield the state that a clause with a president opens with ("In Varenia, President Dora Orrin ...")."""
    for m in context.mentions:
        if m.type == EntityType.OFFICE and same_name(m, office):
            state = context.mention_at(m.span.begin - 3)
            named = state is not None and state.type == EntityType.STATE and state.span.end <= m.span.begin
            if state and named and _IN.search(context.text.string, max(0, state.span.begin - 8), state.span.begin):
                yield state


def beside(context: Context, office: Mention) -> list[Mention]:
    """Return the body that stands right behind an office ("Chairman, Federation of Orrinian Clubs")."""
    for offset in (1, 2, 5, 6):
        body = context.mention_at(office.span.end + offset)
        if body is not None and body.type == EntityType.ORG and body.span.begin >= office.span.end:
            return [body] if _BESIDE.fullmatch(context.text.string, office.span.end, body.span.begin) else []
    return []


def speaking_state(context: Context) -> list[Mention]:
    """Return the state in whose name a minister's text speaks: the one whose government says or promises in it.

    A press release of a minister mostly names no state in the office; it says "Varenia will provide" instead.
    """
    votes: dict[str, float] = {}
    for mention in context.mentions:
        if mention.country and mention.type in (EntityType.STATE, EntityType.ORG) and "overnment" in mention.text:
            votes[mention.country] = 1
    for sentence in context.body[:40]:
        first = next(iter(context.mentions_in(sentence.span)), None)
        if first is None or not first.country or first.type not in (EntityType.STATE, EntityType.ORG):
            continue
        if first.span.begin - sentence.span.begin < 25 and not GOVERNED.search(
            context.text.string, sentence.span.begin, first.span.begin
        ):
            acts = _acts(context, first.span.end) or verb_after(context, first, sentence.span)
            votes[first.country] = votes.get(first.country, 0) + (2 if acts else 0)
    best = max(votes, key=lambda country: votes[country], default="")
    if not best or votes[best] < 2 or sum(v == votes[best] for v in votes.values()) > 1:
        return []
    own = [m for m in context.mentions if m.country == best and m.type in (EntityType.STATE, EntityType.ORG)]
    government = [m for m in own if "overnment" in m.name]
    return (government or [m for m in own if m.type == EntityType.STATE])[:1]


def _acts(context: Context, end: int) -> bool:
    """Return whether a verb of now stands behind a name ("Varenia will provide", "Varenia attaches importance")."""
    if _ACTS.match(context.text.string, end):
        return True
    verb = _NEXT_WORD.match(context.text.string, end)
    return verb is not None and verb[1] in third_person_verbs()


def _party(context: Context, office: Mention) -> list[Mention]:
    """Return the party that an office begins with the adjective of ("Green Spokesperson"), where the text names it."""
    first = office.name.split()[0].casefold()
    if first not in words("name_modifiers"):
        return []
    return [m for m in context.mentions if m.type == EntityType.ORG and f"{first} party" in m.name.casefold()][:1]


def _opposition(context: Context, office: Mention | None) -> list[Mention]:
    """Return the opposition as a body: as a shadow minister's text speaks of it, else as the office implies it."""
    m = _OPPOSITION.search(context.text.string)
    if m is None:
        return [] if office is None else [Mention(office.span, office.text, EntityType.ORG, "Opposition", "post", 0.6)]
    name = " ".join(m.group().split())
    return [Mention(Span(m.start(), m.end()), m.group(), EntityType.ORG, name, "pattern", 0.6)]


def _publishing_body(context: Context) -> list[Mention]:
    """Return the body whose own site or letterhead the document is from; a news agency speaks for nobody."""
    span = context.header.publisher_span
    if span is None or publisher_kind(context.header.publisher) not in ("", "ngo"):
        return []
    return [m for m in context.mentions if m.type == EntityType.ORG and m.span.overlaps(span)][:1]


def _within(context: Context, office: Mention) -> Role:
    """Make a role of the body named inside an office's name, or known from the office's record."""
    governs = _OF_GOVERNMENT.search(office.name) or _PRESIDENT_OF.match(office.name)
    if office.source == "authority" and office.country and governs:
        key = f"place/{office.country.lower()}"  # a minister or an envoy speaks for the state, not for the ministry
        body = Mention(office.span, office.text, EntityType.STATE, key, "post", 0.9, key, office.country)
        return Role(body, context.text.evidence(office.span), None, 0.9)
    if office.source == "authority":
        kind = EntityType.STATE if re.fullmatch(r"place/[a-z]{2}", office.within) else EntityType.ORG
        body = Mention(office.span, office.text, kind, office.within, "post", 0.9, office.within, office.country)
        return Role(body, context.text.evidence(office.span), None, 0.9)
    at = office.text.find(office.within)
    begin = office.span.begin + max(0, at)
    span = Span(begin, begin + len(office.within)) if at >= 0 else office.span
    text = context.text.of(span)
    known = _known_body(context, office)
    if known is not None and known.type in (EntityType.ORG, EntityType.STATE):
        body = replace(known, span=span, text=text) if at >= 0 else known
    elif office.country and " " not in office.within:  # a demonym: the state itself
        key = f"place/{office.country.lower()}"
        body = Mention(span, text, EntityType.STATE, office.within, "office", 0.8, key, office.country)
    else:
        body = Mention(span, text, EntityType.ORG, office.within, "office", 0.7, "", office.country)
    return Role(body, context.text.evidence(office.span), None, 0.92)


def is_held_in(context: Context, office: Mention, body: Mention) -> bool:
    """Return whether the body that an office names is this one, by whatever name the text gives it."""
    known = _known_body(context, office) if office.within else None
    return known is not None and same_name(known, body)


def _known_body(context: Context, office: Mention) -> Mention | None:
    """Return the mention that names an office's body: the same words, else one that a bare head is short for."""
    wanted = office.within.casefold()
    for m in context.mentions:
        if m.name.casefold() == wanted or m.text.casefold() == wanted:
            return m
    if " " in wanted or office.country:
        return None
    pattern = re.compile(rf"(?i)\b{re.escape(wanted)}\b")
    return next((m for m in context.mentions if m.type == EntityType.ORG and pattern.search(m.name)), None)
