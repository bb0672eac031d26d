"""Finds to whom a statement is sent or addressed: "sent to A, B and C", "Dear X", "calls on X", "congratulates X"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from communique.extract.demands.appeals import is_particular
from communique.extract.grammar.actors import actors_in
from communique.extract.grammar.lists import coordinated, has_holder
from communique.extract.text import Context
from communique.model import Attribution, EntityType, Mention, Role, Span
from communique.resources import lexicon, words

_NAMED = (EntityType.PERSON, EntityType.ORG, EntityType.STATE, EntityType.OFFICE)
_ADDRESSED = (*_NAMED, EntityType.GROUP)  # of groups, those that "the government" and the like can mean
_DOCUMENT = re.compile(
    r"(?i)\b(?:statement|letter|appeal|message|note|cop(?:y|ies)|communiqu[eé]|declaration|telegram|petition|"
    r"address|it)\b"
)
_THING = re.compile(
    r"(?i)\b(?:fund|money|weapon|arm|supply|supplie|shipment|donation|report|bill|case|file|troops|forces|aid|draft|request|complaint)s?\b[^.]*$"
)
_SALUTATION = re.compile(
    r"\(Dear\s+|(?m:^)[^\S\n]*+(?:Dear|To|TO|Attention|Attn|Cc|CC)\b[:,]?\s+(?:the\s+|THE\s+)?|"
    r"(?m:^)[^\S\n]*+(?:Your|His|Her)\s+(?:Royal\s+)?(?:Excellency|Highness|Majesty),?\s+"
)
_TITLE = re.compile(r"(?:(?:Mr|Mrs|Ms)\.?\s+|Madame?\s+|Sir\s+)?((?:[A-Z][\w-]+\s){0,3}[A-Z][\w-]+)\s*[,:!]")
_HEADED = re.compile(
    r"(?i)\W*(?:an?\s+|our\s+)?(?:identical\s+|joint\s+|urgent\s+)?(?:open\s+)?"
    r"(?:letters?|notes?\s+verbales?|message|petition|appeal|memorandum)\b"
    r"(?:[^\n]{0,300}?\b(addressed\s+(?:respectively\s+)?to)|\s+(to|for))\s+(?:the\s+)?"
)
_CHAIR = re.compile(
    r"(?m)^[^\S\n]*+(?=(?:President|Excellencies|Chair|Chairperson),[^\S\n]*$)(President|Chair(?:person)?)(?=,)|"
    r"(?:^[^\S\n]*+(?:[“\"]\s?)?(?:Thank\s+you,?\s+)?|\]\s+)(?:Mr\.?|Madame?|MR\.?|MADAME?)\s+"
    r"((?i:President|Chair(?:man|person|woman)?|Speaker|Secretary-General|Minister|Ambassador|Prime Minister))"
    r"(?=[,:.!]|\s*$|\s+\[)|"
    r"^[^\S\n]*+(?i:Messrs\.?|Mesdames)\s+((?i:President|Minister|Ambassador|Commissioner)[sS])(?=[,:])"
)
"""How a speech addresses who presides ("Mr President,"), and a note the minister that it goes to."""
_ADDRESSED_END = re.compile(
    r"(?:\s*\([^()]*\))?\s*(?:[,;.:!?–”\"-]|$|(?:to|not|for|and|or|on|in|that|against|as|over|about|with|who|which|today|again)\b)"
)
_OWNS = re.compile(r"[’'`]s?\s")
_COLON = re.compile(r"\s*:")
_POINT = re.compile(r"(?:^|\s)(?:[-•*–·]|\d{1,2}[.)]|\([a-z\d]\))\s+(?:[Tt]he\s+)?(?=[A-Z])")
_MOST_POINTS, _LIST_REACH = 20, 3000
_NOUN_BEFORE = (" to ", " the ", " a ", " this ", " its ", " their ", " his ", " her ")
_MEANT = re.compile(r"[^.;:\n—–]{3,80}?(?:\s[–-]\s|[—–])\s?(?:the\s+)?")
"""What stands between a cue and a list of names set in dashes ("calls on those at war — A and B — to ...")."""
_GOVERNED = re.compile(r"(?i)\b(?:by|from|in|for|on|with|between|against|towards?|into)\s+(?:the\s+)?$")
"""What keeps a name behind a cue from being whom it addresses ("calls for action by Varenia to ...")."""
_OPENS_GOVERNED = re.compile(r"(?i)\s*(?:by|from|in|for|on|with|between|against|towards?|into|of)\b")
_UNSURE = 0.75
"""How sure a recipient is at most where nothing tells that what is sent is a letter or a statement."""
_NEAR = 120
_GREETINGS = 400
_GREETING = re.compile(r"(?m)^[^\S\n]*+([A-Z][^\n,]{3,60}),[^\S\n]*+$")
_COMPANY = re.compile(r"(?:Excellenc|Ladies|Distinguished|Colleagues|Dear|Honou?rable|Friends)")
_TO = re.compile(r"(?i)\s+to\b")
_NAME_TO = re.compile(r"([A-Z][\w’'&.-]+(?: (?:(?:of|for|and|the) )?[A-Z][\w’'&.-]+){0,4}) to\b")
_COURT = re.compile(r"(?i)appealed\s+to\s+(?:the\s+)?(?:\w+\s+){0,4}?(?:court|tribunal)\b")
_WE = re.compile(r"(?i)\b(?:we|i|our|my)\b[^.;]{0,60}$")


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
    greeted = [*_headed(context), *_saluted(context), *_greeted(context)]
    for role in [*(greeted or _addressed(context)), *_sent(context, own), *appealed]:
        mention = role.mention
        if mention.type in _ADDRESSED and mention.name not in own and not has_holder(context, mention):
            key = (mention.type, mention.key or mention.name.casefold())
            if key not in found or role.confidence > found[key].confidence:
                found[key] = role
    return tuple(sorted(_without_bare(found.values()), key=lambda r: r.mention.span))


def _without_bare(found: Iterable[Role]) -> list[Role]:
    """Drop "the government" where another recipient says whose it is, and "Speaker" beside "Speaker of the House"."""
    roles = list(found)
    named = [(r.mention.type, _words(r.mention)) for r in roles]
    bare = (EntityType.GROUP, EntityType.OFFICE, EntityType.ORG)
    return [
        r for r, (kind, own) in zip(roles, named, strict=True) if kind not in bare or not _is_told(kind, own, named)
    ]


def _words(mention: Mention) -> frozenset[str]:
    return frozenset(f"{mention.name} {mention.text}".casefold().split())


def _is_told(kind: EntityType, own: frozenset[str], named: Sequence[tuple[EntityType, frozenset[str]]]) -> bool:
    """Return whether all words of a bare title or head stand in the name of another recipient."""
    return any(own < other and (kind is EntityType.GROUP or kind is like) for like, other in named)


@cache
def _cues(by_issuer: bool) -> tuple[re.Pattern[str], tuple[tuple[float, bool], ...]]:
    """Return the cues of a kind as one pattern; for each group the confidence, and whether "to" must follow."""
    rows = [row for row in lexicon("recipient_cues") if bool(row["own"]) is by_issuer]
    spelled = "|".join(f"({row['pattern']})" for row in rows)
    values = tuple((float(row["confidence"]), row["own"] == "to") for row in rows)
    return re.compile(rf"(?i)\b(?=\w)(?:{spelled})(?:\s+|(?=:))(?:the\s+)?"), values


def _sent(context: Context, own: set[str]) -> Iterator[Role]:
    string, end = context.text.string, context.header.body.end
    for by_issuer, allowed in ((False, _of_statement), (True, _by_issuer)):
        pattern, rows = _cues(by_issuer)
        for m in pattern.finditer(string, 0, end):
            sentence = context.text.sentence_at(m.start())
            if sentence is None or not allowed(context, sentence.span.begin, m.start(), own):
                continue
            found = coordinated(context, m.end(), sentence.span.end)
            if by_issuer and not found and (meant := _MEANT.match(string, m.end(), sentence.span.end)):
                found = coordinated(context, meant.end(), sentence.span.end)
            if by_issuer and found and not _ADDRESSED_END.match(string, found[-1].span.end):
                found.pop()  # "calls on Varenia's rulers", "the army officers"
            elif found and _OWNS.match(string, found[-1].span.end):
                found.pop()  # "sent to the Minister's office"
            confidence, to = rows[(m.lastindex or 1) - 1]
            if to and found and not _TO.match(string, found[-1].span.end):
                continue  # "calls for Varenian help"
            cue = Span(m.start(), _end(string, m.start(), m.end()))
            if not by_issuer and not _DOCUMENT.search(string, sentence.span.begin, m.end()):
                confidence = min(confidence, _UNSURE)
            for mention in found:
                yield Role(mention, sentence.span, cue, confidence)
            if by_issuer and not found:
                yield from _in_points(context, Span(m.start(), m.end()))
                yield from _described(context, Span(m.end(), sentence.span.end), cue)


def _in_points(context: Context, cue: Span) -> Iterator[Role]:
    """Yield those whom the points of a list behind a cue name, each with what it is to do ("calls on: - A to ...")."""
    string = context.text.string
    if not _COLON.match(string, cue.end):
        return
    points = _POINT.finditer(string, cue.end, min(context.header.body.end, cue.end + _LIST_REACH))
    for point in islice(points, _MOST_POINTS):
        evidence = context.text.evidence(Span(point.end(), point.end() + 1))
        found = coordinated(context, point.end(), evidence.end)
        to = _TO.search(string, point.end(), min(evidence.end, point.end() + _NEAR))
        if found and _TO.match(string, found[-1].span.end):
            yield from (Role(mention, evidence, cue, 0.8) for mention in found)
        elif to and not found:
            yield from actors_in(context, Span(point.end(), to.start()), evidence, cue)


def _described(context: Context, rest: Span, cue: Span) -> Iterator[Role]:
    """Yield the one body of a state that a cue and "to" enclose ("demands the government and the army to ...")."""
    to = _TO.search(context.text.string, rest.begin, min(rest.end, rest.begin + _NEAR))
    evidence = context.text.evidence(cue)
    if _OPENS_GOVERNED.match(context.text.string, rest.begin, rest.end):
        return
    named = _NAME_TO.match(context.text.string, rest.begin, rest.end)
    if named is not None and context.mention_at(rest.begin) is None and not context.text.mostly_upper:
        span = Span(*named.span(1))
        yield Role(Mention(span, named[1], EntityType.ORG, named[1], "chunk", 0.6), evidence, cue, 0.6)
        return
    for role in actors_in(context, Span(rest.begin, to.start()), evidence, cue) if to else ():
        if is_particular(context, role) and not _GOVERNED.search(
            context.text.string, rest.begin, role.mention.span.begin
        ):
            yield role


def _of_statement(context: Context, begin: int, cue: int, own: set[str]) -> bool:
    """Return whether what is sent is the statement, or who sends is its issuer, and nobody else."""
    subject = [m for m in context.mentions_in(Span(begin, cue)) if m.type in _NAMED]
    before = context.text.string[begin:cue]
    if _COURT.search(context.text.string, cue, cue + 90):
        return False
    if _DOCUMENT.search(before) or _WE.search(before):
        return True
    if _THING.search(before):
        return False
    return not subject or cue - subject[-1].span.end > 60 or _is_own(subject, own)


def _by_issuer(context: Context, begin: int, cue: int, own: set[str]) -> bool:
    """Return whether who calls on somebody is the issuer, by name or as "we"."""
    subject = [m for m in context.mentions_in(Span(begin, cue)) if m.type in _NAMED]
    if context.text.string[begin:cue].lower().endswith(_NOUN_BEFORE):  # asked of others; a noun
        return False
    if _WE.search(context.text.string, max(begin, cue - 80), cue):
        return True
    near = [m for m in subject if cue - m.span.end < 120]
    return bool(subject) and cue - subject[-1].span.end < 60 and (_is_own(subject, own) or _is_own(near[:1], own))


def _is_own(subject: Sequence[Mention], own: set[str]) -> bool:
    """Return whether the last name of a subject is an issuer, or holds an office of one."""
    return bool(subject) and (subject[-1].name in own or any(m.within in own for m in subject[-2:] if m.within))


def _headed(context: Context) -> Iterator[Role]:
    """Yield to whom a letter's own heading says that it is addressed ("Letter from A addressed to B")."""
    title = context.header.title
    if title is None:
        return
    m = _HEADED.match(context.text.string, title.begin, title.end)
    for mention in coordinated(context, m.end(), title.end) if m else ():
        yield Role(mention, title, Span(*m.span(m.lastindex or 1)) if m else None, 0.9)


def _saluted(context: Context) -> Iterator[Role]:
    string = context.text.string
    for m in _SALUTATION.finditer(string):
        line = string.find("\n", m.end())
        limit = line if line >= 0 else len(string)
        if limit - m.end() > 200:
            continue
        dear = "dear" in m.group().lower()
        for mention in coordinated(context, m.end(), limit) or (_title_in(context, m.end()) if dear else []):
            cue = Span(m.start(), _end(string, m.start(), m.end()))
            yield Role(mention, Span(m.start(), limit), cue, 0.9 if dear else 0.85)


def _title_in(context: Context, begin: int) -> list[Mention]:
    """Return whom a salutation addresses by a bare title ("Dear Madam Speaker:")."""
    found = _TITLE.match(context.text.string, begin)
    if found is None or found[1].split()[-1].lower() not in words("office_titles"):
        return []
    return [Mention(Span(*found.span(1)), found[1], EntityType.OFFICE, found[1], "office", 0.6)]


def _greeted(context: Context) -> Iterator[Role]:
    """Yield whom the first lines of a speech greet by name, each in a line of its own, before the company at large."""
    string, area = context.text.string, context.header.body
    lines = list(_GREETING.finditer(string, area.begin, min(area.end, area.begin + _GREETINGS)))
    company = next((i for i, m in enumerate(lines) if _COMPANY.match(m[1])), 0)
    for m in lines[:company]:
        inside = context.mentions_in(Span(m.start(1), m.end(1)))
        person = next((x for x in inside if x.type == EntityType.PERSON), None)
        if person is not None and person.span.end >= m.end(1) - 1:
            span = Span(m.start(1), m.end())
            yield Role(person, span, span, 0.7)


def _addressed(context: Context) -> Iterator[Role]:
    """Yield whom a speech or note addresses by title; where brackets name the person, that person."""
    string, body = context.text.string, context.header.body
    m = _CHAIR.search(string, body.begin, body.end) or _CHAIR.search(string, max(0, body.begin - 60), body.end)
    if m is None:
        return
    group = m.lastindex or 1
    span = Span(m.start(group), m.end(group))
    named = coordinated(context, m.end() + 2, m.end() + 120) if string[m.end() : m.end() + 2] == " [" else []
    if named:
        yield Role(named[0], Span(m.start(), named[0].span.end), span, 0.8)
        return
    known = context.mention_at(span.begin)
    mention = known or Mention(span, m.group(group), EntityType.OFFICE, m.group(group), "office", 0.6)
    if mention.type in _NAMED:
        yield Role(mention, Span(span.begin, m.end()), span, 0.7)


def _end(string: str, begin: int, end: int) -> int:
    return begin + len(string[begin:end].rstrip())


def first_mentions(context: Context, types: Sequence[EntityType]) -> list[Mention]:
    """Return the first mention of each entity of the given types in headline and body, in order."""
    seen: dict[tuple[EntityType, str], Mention] = {}
    for mention in context.mentions:
        if mention.type in types and mention.span.begin < context.header.body.end:
            seen.setdefault((mention.type, mention.key or mention.name.casefold()), mention)
    return list(seen.values())
