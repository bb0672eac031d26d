"""Finds who issues the statement, in which capacity, for whom.

Each person, body, state or office that may speak collects votes: its place in headline, letterhead, byline or
signature; being the subject of a verb of speaking near the top; being quoted. The surest one wins; of a person and the
body the person speaks for, the person is the issuer and the body is spoken for. A joint statement has all its parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.extract.lists import coordinated
from communique.extract.text import Context, Sentence
from communique.model import Attribution, EntityType, Mention, Role, Span
from communique.resources import lexicon, words

_SPEAKERS = (EntityType.PERSON, EntityType.ORG, EntityType.STATE, EntityType.OFFICE)
_JOINT = re.compile(
    r"(?i)\bjoint\s+(?:\w+\s+){0,2}?(?:statement|communiqu[eé]|declaration|appeal|press release)\b|"
    r"\b(?:statement|communiqu[eé]|declaration)\s+(?:was\s+|is\s+)?(?:released|issued|made|adopted|delivered)\b|"
    r"\bwe,\s+(?:the\s+)?"
)
_PARTIES = re.compile(r"(?i)\b(?:of|by|from|between)\s+|\bwe,\s+")
_REACH = 90
_SHARED = re.compile(r"(?i)\s+(?:\w+\s+){0,2}?(?:ministers|leaders|presidents|ambassadors|members|governments|representatives)\b")
_PLURAL_OFFICE = re.compile(
    r"(?i)((?:(?:vice|deputy|prime|foreign|defence|defense|finance|interior|justice|health|G\d+)\s+){0,3}"
    r"(?:ministers|presidents|leaders|ambassadors|secretaries|envoys|commissioners|chairpersons))\s*$"
)
_BY = re.compile(
    r"(?i)\b(?:statement|remarks|declaration|communiqu[eé]|message|appeal|letter|speech|address|press release|news release|media release|readout)"
    r"(?:\s+issued|\s+made|\s+delivered)?\s*(?:by|from|of|:)\s+(?:the\s+)?"
)
_INTRODUCES = re.compile(r"(?i)^\W*(?:statement|remarks|joint statement)\b|\bfollowing\b|\btext of\b|\[(?:COMMUNIQUE|STATEMENT)")
_GOVERNED = re.compile(r"(?i)\b(?:that|whether|if|because|why|how|when|where|of|on|upon|to|by|with|from|for|in|at|against|between|among|urg\w+|ask\w+)\s+(?:the\s+)?$")
"""Words before a name that keep it from being the subject of the sentence."""
_BRACKETED = re.compile(r"\[(?:COMMUNIQUE|STATEMENT|DECLARATION|SPEECH|INTERVIEW|MESSAGE|LETTER|REPORT)[^\]]*\]\s*\[([^\]]+)\]")
_OWN = re.compile(r"(?i)^(?:[’'`]s?)?\s+(?:[\w-]+\s+){0,2}?(?:statement|remarks|declaration|communiqu[eé]|message|appeal|press release|open letter)\b")
_IN_STATEMENT = re.compile(r"(?i)\b(?:in|issued|released|published|made)\s+(?:a|an|the|its|his|her|their)\s+(?:\w+\s+){0,3}?(?:statement|communiqu[eé]|declaration|letter|release|report|tweet|post|message)\b")
_ADVERBS = re.compile(
    r"(?:\s*[,(][^,()]{0,90}[,)])?(?:\s+(?:has|have|had|today|yesterday|also|again|on|\w+day|strongly|firmly|deeply|\w+ly|is|are|for its part))*\s+$"
)


_QUOTED = re.compile(r"[“\"«][^“”\"«»\n]{20,}(?:[”\"»]|$)", re.MULTILINE)
_CLOSING = re.compile(
    r"(?im)^\W*(?:yours\s+(?:sincerely|faithfully|truly)|(?:very\s+)?sincerely(?:\s+yours)?|respectfully(?:\s+yours)?|"
    r"(?:kind|best|warm)\s+regards|\[?signed\]?:?)\b[,:\]]*"
)
_TAIL = 800
_BYLINE = 5.0
_NAMED_SPEAKER = 6.0
_LEAST = 1.5
"""Fewer votes than this make no issuer: a missing one is better than a wrong one."""
_REPEAT = 0.3
"""What a further vote counts: who is mentioned all through a report is not thereby its speaker."""


@dataclass
class _Candidate:
    """A possible issuer: its votes and the mention and cue that the surest vote rests on."""

    mention: Mention
    total: float = 0.0
    best: float = 0.0
    cue: Span | None = None

    @property
    def votes(self) -> float:
        """The surest vote, and a part of each further one."""
        return self.best + _REPEAT * (self.total - self.best)


def find_issuers(context: Context) -> tuple[Attribution, ...]:
    """Return the attributions of the statement, the surest first; several only for a joint statement; none where no sign stands."""
    parties, office = _joint_parties(context)
    if parties:
        return tuple(_party(context, m, office) for m in parties)
    ranked = _ranked(context)
    if not ranked:
        return ()
    best = _person_of(context, ranked)
    if best.votes < _LEAST:
        return ()
    confidence = min(0.95, 0.45 + 0.06 * best.votes)
    group = _group(context, best.mention)
    if group:
        return tuple(_attribution(context, m, round(confidence, 2), best.cue, ranked) for m in group)
    return (_attribution(context, best.mention, round(confidence, 2), best.cue, ranked),)


def _group(context: Context, best: Mention) -> list[Mention]:
    """Return all that share the subject of the opening with the winner ("A and B today said"), where several do."""
    for sentence in context.body[:3]:
        found = _opening_list(context, sentence)
        if len(found) > 1 and any(m.name == best.name for m in found) and _verb_after(context, found[-1], sentence.span):
            return found
    return []


def _ranked(context: Context) -> list[_Candidate]:
    votes: dict[tuple[EntityType, str], _Candidate] = {}
    for mention, weight, cue in _votes(context):
        if mention.name.casefold() in words("channels") or mention.text.casefold() in words("publishers", "name"):
            continue
        key = (mention.type, mention.key or mention.name.casefold())
        candidate = votes.setdefault(key, _Candidate(mention))
        candidate.total += weight
        if weight > candidate.best:
            candidate.best, candidate.cue, candidate.mention = weight, cue, mention
    return sorted(votes.values(), key=lambda c: (-c.votes, c.mention.span.begin))


def _votes(context: Context) -> Iterator[tuple[Mention, float, Span | None]]:
    yield from _title_votes(context)
    for sentence in context.body[:2]:
        if _INTRODUCES.search(context.text.of(sentence.span)):
            yield from _named_as_speaker(context, sentence.span)
    yield from _letterhead_votes(context)
    yield from _subject_votes(context)
    yield from _opening_vote(context)
    yield from _signature_votes(context)


def _title_votes(context: Context) -> Iterator[tuple[Mention, float, Span | None]]:
    title = context.header.title
    if title is None:
        return
    string = context.text.string
    yield from _named_as_speaker(context, title)
    for mention in context.mentions_in(title):
        if mention.type in _SPEAKERS:
            own = _OWN.match(string, mention.span.end, title.end)
            if own:
                yield mention, 4.0, Span(own.start(), own.end())
            yield from _subject(context, mention, title, 0.9)


def _named_as_speaker(context: Context, area: Span) -> Iterator[tuple[Mention, float, Span | None]]:
    """Vote for whom the words name as speaker: "statement by X", "[COMMUNIQUE] [X]"."""
    string = context.text.string
    for m in _BY.finditer(string, area.begin, area.end):
        for mention in coordinated(context, m.end(), area.end)[:1]:
            yield mention, _NAMED_SPEAKER, Span(m.start(), m.end())
            follow = _next_person(context, mention)
            if follow and mention.type == EntityType.OFFICE:
                yield follow, _NAMED_SPEAKER + 0.5, Span(m.start(), m.end())
    bracketed = _BRACKETED.search(string, area.begin, area.end)
    if bracketed:
        for mention in context.mentions_in(Span(bracketed.start(1), bracketed.end(1))):
            if mention.type in _SPEAKERS:
                weight = _NAMED_SPEAKER + (0.5 if mention.type == EntityType.PERSON else 0.0)
                yield mention, weight, Span(*bracketed.span())


def _letterhead_votes(context: Context) -> Iterator[tuple[Mention, float, Span | None]]:
    """Lines above the body that name the speaker ("Press Release: Green Party", "The Hon A. Name MP", a byline)."""
    header = context.header
    for sentence in context.text.sentences:
        if sentence.span.begin >= header.body.begin:
            break
        if header.title is not None and header.title.overlaps(sentence.span):
            continue
        label = re.match(r"(?i)\W*(?:press|media|news)\s+(?:release|statement):\s*", context.text.of(sentence.span))
        for mention in context.mentions_in(sentence.span):
            if mention.type not in _SPEAKERS or mention.type == EntityType.STATE:
                continue
            share = len(mention.span) / max(1, len(sentence.span))
            weight = 4.0 if label else 3.0 if share > 0.3 else 1.0
            if header.byline is not None and header.byline.overlaps(mention.span):
                weight = _BYLINE
            if mention.type == EntityType.PERSON:
                weight += 1.0
            if mention.type == EntityType.ORG and _is_publisher(context, mention) and not label:
                weight = 1.5
            if re.search(r"(?i)\b(?:spokes|press|media)", mention.name) and mention.type == EntityType.ORG:
                weight = 0.5
            yield mention, weight, None


def _is_publisher(context: Context, mention: Mention) -> bool:
    span = context.header.publisher_span
    return span is not None and span.overlaps(mention.span)


def _subject_votes(context: Context) -> Iterator[tuple[Mention, float, Span | None]]:
    """Subjects of verbs of speaking; the first of each sentence speaks, a later one is mostly spoken of."""
    quoted = [Span(m.start(), m.end()) for m in _QUOTED.finditer(context.text.string)]
    for number, sentence in enumerate(context.body):
        near = 1.6 if number == 0 else 1.2 if number < 3 else 0.6 if number < 8 else 0.3
        for mention in context.mentions_in(sentence.span):
            if mention.type in _SPEAKERS and not any(q.holds(mention.span) for q in quoted):
                found = list(_subject(context, mention, sentence.span, near))
                yield from found
                near *= 0.4 if found and mention.type != EntityType.OFFICE else 1.0


def _opening_vote(context: Context) -> Iterator[tuple[Mention, float, Span | None]]:
    """Vote for the body that the report opens with, as who acts there has mostly made it known."""
    for sentence in context.body[:1]:
        for mention in context.mentions_in(sentence.span)[:3]:
            if mention.type in (EntityType.ORG, EntityType.PERSON) and mention.source != "guess":
                governed = _GOVERNED.search(context.text.string, sentence.span.begin, mention.span.begin)
                if mention.span.begin - sentence.span.begin < 40 and not governed and not _is_publisher(context, mention):
                    yield mention, 2.0, None
                return


def _subject(context: Context, mention: Mention, area: Span, near: float) -> Iterator[tuple[Mention, float, Span | None]]:
    """Vote for a mention that stands before a verb of speaking, or behind one ("said X")."""
    if _GOVERNED.search(context.text.string, max(area.begin, mention.span.begin - 30), mention.span.begin):
        return
    verb = _verb_after(context, mention, area) or _verb_before(context, mention, area)
    if verb is None:
        return
    span, weight = verb
    if _IN_STATEMENT.search(context.text.string, mention.span.end, area.end):
        weight += 1.5
    yield mention, weight * near, span
    if mention.type == EntityType.OFFICE:
        person = _next_person(context, mention)
        if person:
            yield person, weight * near * 1.1, span


def _verb_after(context: Context, mention: Mention, area: Span) -> tuple[Span, float] | None:
    string = context.text.string
    window = string[mention.span.end : min(area.end, mention.span.end + 160)]
    for m in re.finditer(r"[A-Za-z]+", window):
        weight = _verbs().get(m.group().lower())
        if weight and _ADVERBS.fullmatch(window[: m.start()]):
            begin = mention.span.end + m.start()
            return Span(begin, begin + len(m.group())), weight
        if m.start() > 120:
            break
    return None


def _verb_before(context: Context, mention: Mention, area: Span) -> tuple[Span, float] | None:
    string = context.text.string
    m = re.search(r"[”\"»’',]\s+(said|says|added|stated|wrote|noted|declared|explained)\s+(?:the\s+)?$", string[area.begin : mention.span.begin])
    return (Span(area.begin + m.start(1), area.begin + m.end(1)), 1.0) if m else None


def _verbs() -> dict[str, float]:
    if not _VERBS:
        _VERBS.update({row["verb"]: float(row["weight"]) for row in lexicon("statement_verbs")})
    return _VERBS


_VERBS: dict[str, float] = {}


def _signature_votes(context: Context) -> Iterator[tuple[Mention, float, Span | None]]:
    """Names under the closing formula of a letter, and names that fill a line of their own at the end."""
    string = context.text.string
    closing = next(_CLOSING.finditer(string, max(0, len(string) - _TAIL)), None)
    if closing:
        cue = Span(closing.start(), closing.end())
        for mention in context.mentions_in(Span(closing.end(), closing.end() + 200)):
            if mention.type in (EntityType.PERSON, EntityType.ORG):
                yield mention, 4.5 if mention.type == EntityType.PERSON else 3.0, cue
        return
    for sentence in [s for s in context.body if s.tokens][-4:]:
        for mention in context.mentions_in(sentence.span):
            if mention.type in _SPEAKERS and len(mention.span) > 0.6 * len(sentence.span) and mention.type != EntityType.STATE:
                yield mention, 2.5, None


def _person_of(context: Context, ranked: Sequence[_Candidate]) -> _Candidate:
    """Return the winner; where it is a body or office and a person of that body speaks too, that person."""
    signed = next((c for c in ranked if c.mention.type == EntityType.PERSON and c.best >= _BYLINE), None)
    best = signed or ranked[0]
    if best.mention.type == EntityType.PERSON or best.best >= _NAMED_SPEAKER:
        return best
    for other in ranked[1:]:
        if other.mention.type != EntityType.PERSON or other.votes < 1.5 or other.votes < 0.2 * best.votes:
            continue
        office = _office_of(context, other.mention)
        if best.mention.type == EntityType.OFFICE:
            if office is not None and office.name.casefold() in best.mention.name.casefold() or _adjacent(context, best.mention, other.mention):
                return replace(other, total=best.total, best=best.best)
        elif office is not None and _belongs(office, best.mention):
            return replace(other, total=best.total, best=best.best)
    return best


def _adjacent(context: Context, office: Mention, person: Mention) -> bool:
    return any(m.name.casefold() == person.name.casefold() and 0 <= m.span.begin - office.span.end < 4 for m in context.mentions)


def _belongs(office: Mention, body: Mention) -> bool:
    """Return whether an office is one of a body or state: named in it, sharing its country, or with no body of its own."""
    if body.name.casefold() in office.name.casefold() or (office.within and office.within.casefold() in body.name.casefold()):
        return True
    if body.type == EntityType.STATE:
        return body.country == office.country
    return not office.within and not office.country


def _next_person(context: Context, office: Mention) -> Mention | None:
    for offset in (office.span.end + 1, office.span.end + 2):
        m = context.mention_at(offset)
        if m and m.type == EntityType.PERSON and m.span.begin <= office.span.end + 2:
            return m
    return None


def _office_of(context: Context, person: Mention) -> Mention | None:
    """Return the office that the text gives a person in apposition, the fullest one."""
    found: list[Mention] = []
    string = context.text.string
    for m in context.mentions:
        if m.type != EntityType.OFFICE:
            continue
        for p in (x for x in context.mentions if x.type == EntityType.PERSON and x.name.casefold() == person.name.casefold()):
            before = string[m.span.end : p.span.begin] if m.span.end <= p.span.begin else None
            after = string[p.span.end : m.span.begin] if p.span.end <= m.span.begin else None
            if before is not None and re.fullmatch(r"\s*,?\s*(?:(?:the\s+)?(?:Rt\.?\s+)?Hon(?:\.|ourable)?\s+|H\.E\.\s+|Mr\.?\s+|Ms\.?\s+|Mrs\.?\s+|Dr\.?\s+)?", before):
                found.append(m)
            elif after is not None and _next_person(context, m) is None and re.fullmatch(r"\s*(?:,|\(|\n)\s*(?:MP|the|an|a)?,?\s*", after):
                found.append(m)
    return max(found, key=lambda o: (bool(o.within or o.country), -found.index(o), len(o.name)), default=None)


def _attribution(
    context: Context, mention: Mention, confidence: float, cue: Span | None, ranked: Sequence[_Candidate] = ()
) -> Attribution:
    evidence = context.text.evidence(mention.span)
    role = Role(mention, evidence, cue, confidence)
    if mention.type == EntityType.OFFICE:
        body = _body_of(context, mention, ranked)
        return Attribution(role, Role(mention, evidence, cue, confidence), body)
    if mention.type != EntityType.PERSON:
        return Attribution(role, None, role)
    office = _office_of(context, mention)
    capacity = Role(office, context.text.evidence(office.span), None, 0.85) if office else None
    return Attribution(role, capacity, _body_of(context, office, ranked))


def _party(context: Context, mention: Mention, office: Mention | None) -> Attribution:
    """Return the attribution of one party of a joint statement, in the office that all share where the text names one."""
    attribution = _attribution(context, mention, 0.85, None)
    if mention.type == EntityType.OFFICE and mention.source != "authority" and attribution.on_behalf_of:
        return replace(attribution, issuer=attribution.on_behalf_of)
    if office is None or mention.type not in (EntityType.STATE, EntityType.ORG):
        return attribution
    post = replace(office, name=f"{office.name} of {mention.text}", within=mention.text, country=mention.country)
    return replace(attribution, capacity=Role(post, context.text.evidence(office.span), None, 0.7))


def _body_of(context: Context, office: Mention | None, ranked: Sequence[_Candidate]) -> Role | None:
    """Return the body or state that an office speaks for: named in the office, else the body that the document is of."""
    if office is not None and office.within:
        return _within(context, office)
    own = _publishing_body(context)
    if own is not None:
        return Role(own, context.text.evidence(own.span), None, 0.6)
    for candidate in ranked:
        if candidate.mention.type in (EntityType.ORG, EntityType.STATE) and candidate.votes >= 3.0:
            mention = candidate.mention
            return Role(mention, context.text.evidence(mention.span), None, 0.6)
    if office is not None and office.country:
        state = next((m for m in context.mentions if m.type == EntityType.STATE and m.country == office.country), None)
        if state:
            return Role(state, context.text.evidence(state.span), None, 0.6)
    return None


def _publishing_body(context: Context) -> Mention | None:
    """Return the body whose own site or letterhead the document is from; a news agency speaks for nobody."""
    span = context.header.publisher_span
    if span is None or context.header.publisher.casefold() in words("publishers", "name"):
        return None
    return next((m for m in context.mentions if m.type == EntityType.ORG and m.span.overlaps(span)), None)


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
        mention = replace(known, span=span, text=office.within)
    elif office.country and " " not in office.within:
        key = f"place/{office.country.lower()}"
        mention = Mention(span, office.within, EntityType.STATE, office.within, "office", 0.8, key, office.country)
    else:
        mention = Mention(span, office.within, EntityType.ORG, re.sub(r"^(?:the|The)\s+", "", office.within), "office", 0.7, "", office.country)
    return Role(mention, context.text.evidence(office.span), None, 0.85)


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


def _joint_parties(context: Context) -> tuple[list[Mention], Mention | None]:
    """Return the parties of a joint statement, where headline or opening name at least two in one list.

    The second value is the office they share, where the list follows one in the plural ("the foreign ministers of").
    """
    areas = [context.header.title] if context.header.title else []
    areas += [s.span for s in context.body[:4]]
    best: tuple[list[Mention], Mention | None] = ([], None)
    for area in areas:
        for cue in _JOINT.finditer(context.text.string, area.begin, area.end):
            for m in _PARTIES.finditer(context.text.string, cue.start(), min(area.end, cue.end() + _REACH)):
                found = [x for x in coordinated(context, m.end(), area.end) if x.type in _SPEAKERS]
                found = [x for x in found if not _SHARED.match(context.text.string, x.span.end)]
                office = _shared_office(context, m.start())
                if len(found) > 1 and (len(found), office is not None) > (len(best[0]), best[1] is not None):
                    best = (found, office)
        if best[0]:
            return best
    return _gathered(context), None


def _gathered(context: Context) -> list[Mention]:
    """Return those who open the text of a joint statement together ("Representatives of A and B met and ...")."""
    title = context.header.title
    opening = context.text.of(context.body[0].span) if context.body else ""
    if not re.match(r"(?i)representatives of\b", opening) and not (title and re.search(r"(?i)\bjoint\b", context.text.of(title))):
        return []
    for sentence in context.body[:3]:
        found = _opening_list(context, sentence, governed=True)
        if len(found) > 1:
            return found
    return []


def _opening_list(context: Context, sentence: Sentence, *, governed: bool = False) -> list[Mention]:
    """Return the list of speakers that a sentence opens with, where it opens with one; ``governed`` by a preposition or not."""
    first = next(iter(context.mentions_in(Span(sentence.span.begin, sentence.span.begin + 40))), None)
    if first is None or not governed and _GOVERNED.search(context.text.string, sentence.span.begin, first.span.begin):
        return []
    return [m for m in coordinated(context, first.span.begin, sentence.span.end) if m.type in _SPEAKERS]


def _shared_office(context: Context, end: int) -> Mention | None:
    """Return the office in the plural that ends at ``end`` ("G7 foreign ministers"), as words of the text."""
    m = _PLURAL_OFFICE.search(context.text.string, max(0, end - 60), end)
    if m is None:
        return None
    span = Span(m.start(1), m.end(1))
    return Mention(span, m.group(1), EntityType.OFFICE, re.sub(r"\s+", " ", m.group(1)), "office", 0.7)
