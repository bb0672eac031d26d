"""Finds who issues the statement.

Each person, body, state or office that may speak collects votes: its place in headline, letterhead, byline or
signature; being the subject of a verb of speaking near the top; being named as the speaker. The surest one wins; of a
person and the body the person speaks for, the person is the issuer and the body is spoken for. A joint statement has
all its parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from communique.extract.grammar.lists import coordinated
from communique.extract.grammar.phrase_table import word_set
from communique.extract.head.dateline import publisher_kind
from communique.extract.head.topmatter import RELEASE, SENTENCE_END
from communique.extract.parties.attribution import (
    attribute,
    attribute_party,
    belongs,
    beside,
    holds,
    is_bare_president,
    is_held_in,
    office_of,
    same_name,
)
from communique.extract.parties.joint import joint_parties
from communique.extract.parties.speakers import (
    GOVERNED,
    SPEAKERS,
    decision,
    next_person,
    opening_list,
    person_before,
    verb_after,
    verb_before,
)
from communique.extract.text import QUOTED, Context, Cover
from communique.model import Attribution, EntityType, Mention, Role, Span
from communique.resources import words

_GENRE = r"(?:statement|remarks|declaration|communiqu[eé]|message|appeal|(?:press|news|media) release|open letter)"
_BY = re.compile(
    r"(?i)\b(?:\w*anförande|\w*tal|uttalande|inlägg)\s+(?:\w+\s+)?av\s+|"
    rf"\b(?:{_GENRE}|letters?|speech|address|readout)"
    r"(?:\s+(?:was|were))?(?:\s+issued|\s+made|\s+delivered|\s+dated\s+[\w ]{6,24}?)?\s*(?:by|from|of|:)\s+(?:the\s+)?"
)
_ATTRIBUTED = re.compile(
    r"(?i)\b(?:attribut(?:able|ed)\s+to|(?:hölls|framfördes)\s+av|(?:was|is)\s+delivered\s+by)\s+(?:the\s+)?"
)
_OWN = re.compile(rf"(?i)(?:[’'`]s?)?\s+(?:[\w-]+[’']?\s+){{0,2}}?{_GENRE}\b")
_IN_STATEMENT = re.compile(
    r"(?i)\b(?:in|issued|released|published|made|sent|sends|lodged|lodges|submitted|handed|addressed)\s+(?:a|an|the|its|his|her|their)\s+(?:\w+\s+){0,3}?"
    r"(?:statement|communiqu[eé]|declaration|letter|release|report|tweet|post|message|protest|appeal|note|petition)\b"
)
_INTRODUCES = re.compile(
    r"(?i)^\W*(?:statement|remarks|joint statement)\b|\battribut(?:able|ed) to\b|"
    r"\bhölls av\b|\b(?:was|is) delivered by\b|\bfollowing\b|\btext of\b|"
    r"\[(?:COMMUNIQUE|STATEMENT)"
)
_BRACKETED = re.compile(
    r"\[(?:COMMUNIQUE|STATEMENT|DECLARATION|SPEECH|INTERVIEW|MESSAGE|LETTER|REPORT)[^\]]*\]\s*\[([^\]]+)\]"
)
_OWN_VOICE = re.compile(r"(?i)\b(?:at|here at|we at|we,? the)\s+(?:the\s+)?$")
_WE = re.compile(r",?\s+(?:we|our)\b")
_ACCORDING = re.compile(r"(?i)\b(?:according to|as reported by|in a statement by|statement from)\s+(?:the\s+)?$")
_ARTICLE = re.compile(r"\b[Aa]n?\s+$")
_ACTOR = re.compile(
    r"(?i)\s*(?:\([^()]*\))?\s*(?:[,(–-]|(?:has|have|had|is|are|was|were|will|would|today|yesterday|on|in|at|again|also|"
    r"once|and)\b|\w+(?:ed|s|ly)\b)"
)
"""What follows the actor of a sentence, and not a name that stands before a noun ("a UN report")."""
_LAST_WORDS = re.compile(r"[^.]{0,30}\.?\s*$")
_OPENER = (
    r"(?:(?:a|an|one|two|three|four|several|\d+|just|shortly)\s+(?:\w+\s+)?)?"
    r"(?:(?:minute|hour|day|week|month|year)s?\s+)?(?:after|before|while|who|which|although|though|whereas|since)"
)
_SUBORDINATE = re.compile(rf"(?i)[\s,]{_OPENER}\s")
"""What opens a clause behind the main one: who accuses whom in it does not issue the statement."""
_LEADING = re.compile(rf"(?i)\W*{_OPENER}\s")
_ASIDE = 0.25
"""What a vote in a subordinate clause counts beside one in the main clause, and an answer's beside the claim's."""
_ABOUT = re.compile(
    r"(?i)\b(?:on|of|for|against|about|over|to|with|free|release|case|trial|detention|arrest|killing|murder|death|support)\s+"
    r"(?:(?:the|mr|mrs|ms|dr|journalist|activist|lawyer|blogger|human|rights|defender|developer)\.?\s+)*$"
)
_CRITICISED = re.compile(
    r"(?i)\b(?:criticis|criticiz|condemn|accus|slam|denounc|lambast|blast|blam|censur|rebuk)\w*\s+(?:the\s+)?$"
)
_MORE = re.compile(
    r"(?i)\b(?:more|further|new|other|many|several|repeated|despite|amid|ignor\w+|reject\w+)\s+(?:the\s+)?$"
)
_NOUNS_OF_SPEECH = re.compile(r"(?i)\s+(?:calls|reports|demands|appeals|warnings|claims|orders)\b")
_TARGET = 0.5
"""What the votes count of whom the text opens with somebody criticising."""
_GIVEN = re.compile(r"(?:\b[A-Z][\w-]+\s+)+$")
_SEVERAL = re.compile(
    r"(?i)\b(?:joint (?:\w+ )?(?:statement|appeal|declaration|letter)|undersigned|organi[sz]ations|groups|ngos)\b"
)
_THE_BODY = re.compile(
    r"\b[Tt]he (?:organi[sz]ation|group|association|union|party|movement|network|watchdog|charity|NGO|body|coalition|"
    r"federation|foundation|alliance|campaign)\s+(said|says|stated|added|declared|wrote|warned|announced)\b"
    r"[^.\n]{0,60}\b(?:statement|release|communiqu[eé]|declaration|letter|report|post)\b"
)
_NAMED_BEFORE = 600
_SAYS = word_set("plain_speech")
_LABEL = re.compile(r"(?i)\W*(?:press|media|news)\s+(?:release|statement):\s*")
_FROM = re.compile(r"(?im)^\W*(?:from|issued by|released by)\s*:\s*")
_PRESS_OFFICE = re.compile(r"(?i)\b(?:spokes|press|media)")
_BEHIND_QUOTE = re.compile(r"[”\"»]\s*$")
_BEFORE_QUOTE = re.compile(r"[^.\n]{0,40}[:,]\s*[“\"«]")
_QUOTED = re.compile(r"[“\"«][^“”\"«»\n]{20,}(?:[”\"»]|$)", re.MULTILINE)
_CLOSING = re.compile(
    r"(?im)^\W*(?:yours\s+(?:sincerely|faithfully|truly)|(?:very\s+)?sincerely(?:\s+yours)?|respectfully(?:\s+yours)?|"
    r"(?:kind|best|warm)\s+regards|\[?signed\]?:?)\b[,:\]]*"
)
_TAIL = 800
_OFFICE_REACH = 90
_TITLE_BEFORE = 14
"""So many characters of title may stand in a line before the name that it begins with ("THE HON", "Senator")."""
_APPOSED = re.compile(r",\s+(?:the\s+|an?\s+)?")
_SHORT_LINE = 30
_BYLINE = 5.0
_NAMED_SPEAKER = 6.0
_TOLD_LATE = 0.5
"""What "issued a statement" counts at least, however late it is told."""
_LEAST = 1.5
"""Fewer votes than this make no issuer: a missing one is better than a wrong one."""
_LEAST_OWN = 1.0
"""So many are enough for a body in a text that says "we" or "our"."""
_FAR = 20_000
_WE_SPEAK = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
_I_SPEAK = re.compile(r"\b(?:I|[Mm]y)\b")
_SIGNED = 4.0
"""What a name below a text in the first person counts."""
_BODY = 3.0
"""A body needs so many votes to be taken for the one that a person speaks for."""
_RIVALS = 40
"""How many of the surest candidates are looked at for the person behind a body."""
_SPOKEN = 0.3
"""What a spokesperson of the winning body needs who is only quoted further down."""
_REPEAT = 0.3
"""What a further vote counts: who is mentioned all through a report is not thereby its speaker."""

_Vote = tuple[Mention, float, Span | None]


@dataclass
class _Candidate:
    """A possible issuer: its votes and the mention and cue that the surest vote rests on."""

    mention: Mention
    total: float = 0.0
    best: float = 0.0
    cue: Span | None = None
    count: int = 0

    @property
    def votes(self) -> float:
        """The surest vote, and a part of each further one."""
        return self.best + _REPEAT * (self.total - self.best)


def find_issuers(context: Context) -> tuple[Attribution, ...]:
    """Return the attributions of the statement: one, several for a joint statement, none where no sign stands."""
    parties, office = joint_parties(context)
    if parties:
        return tuple(attribute_party(context, m, office) for m in parties)
    ranked = _ranked(context)
    if not ranked:
        return ()
    best = _person_of(context, ranked)
    own = best.mention.type == EntityType.ORG and best.count > 1 and _WE_SPEAK.search(_spoken(context)) is not None
    if best.votes < (_LEAST_OWN if own else _LEAST) and not _is_quoted_most(context, best, ranked):
        persons = [c for c in ranked if c.mention.type == EntityType.PERSON]
        quoted = next((c for c in persons if _is_quoted_most(context, c, persons)), None)
        if quoted is None:
            return ()
        best = quoted
    confidence = round(min(0.95, 0.55 + 0.06 * best.votes), 2)
    signer = _signer(context, best.mention) if best.mention.type == EntityType.OFFICE else None
    if signer is not None:
        return (replace(attribute(context, best.mention, confidence, best.cue), issuer=signer),)
    bodies = [c.mention for c in ranked if c.mention.type in (EntityType.ORG, EntityType.STATE) and c.votes >= _BODY]
    several = _headed_together(context, best.mention) or _group(context, best.mention)
    issuers = several or [best.mention, *_fellow(context, best.mention, ranked)]
    return tuple(attribute(context, m, confidence, best.cue, bodies) for m in issuers)


def _spoken(context: Context) -> str:
    """Return the running text without what stands between quotation marks."""
    area = context.header.body
    return QUOTED.sub(" ", context.text.string[area.begin : min(area.end, area.begin + _FAR)])


def _is_quoted_most(context: Context, best: _Candidate, ranked: Sequence[_Candidate]) -> bool:
    """Return whether a release quotes one person with an office again and again, however late, and others once."""
    others = max((c.count for c in ranked if c is not best), default=0)
    quoted = best.mention.type == EntityType.PERSON and best.count > max(2, others)
    return quoted and office_of(context, best.mention) is not None


def _fellow(context: Context, best: Mention, ranked: Sequence[_Candidate]) -> list[Mention]:
    """Return the second spokesperson of the winner's body whom the same release quotes, if there is one."""
    office = office_of(context, best) if best.type == EntityType.PERSON else None
    if office is None:
        return []
    for other in ranked[:_RIVALS]:
        said = other.cue is not None and context.text.of(other.cue).lower() in _SAYS
        if other.mention.type != EntityType.PERSON or not said or same_name(other.mention, best):
            continue
        post = office_of(context, other.mention)
        if post is not None and post.name != office.name and _one_body(context, office, post):
            return [other.mention]
    return []


def _one_body(context: Context, one: Mention, other: Mention) -> bool:
    """Return whether two offices name one party or organisation, or one of the two that publishes the document."""
    if not one.within or not other.within or (one.country and " " not in one.within):
        return False
    a, b = set(one.within.casefold().split()), set(other.within.casefold().split())
    return a <= b or b <= a


def _group(context: Context, best: Mention) -> list[Mention]:
    """Return all that share the subject of the opening with the winner ("A and B today said"), where several do."""
    for sentence in context.body[:3]:
        found = _without_appositions(context, opening_list(context, sentence))
        if len(found) > 1 and any(m.name == best.name for m in found) and verb_after(context, found[-1], sentence.span):
            return found
    return []


def _without_appositions(context: Context, listed: Sequence[Mention]) -> list[Mention]:
    """Return the members of a list without the office of the one before ("Dora Orrin, the Ferry Minister, said")."""
    out: list[Mention] = []
    for at, mention in enumerate(listed):
        before = listed[at - 1] if at else None
        between = context.text.string[before.span.end : mention.span.begin] if before is not None else ""
        held = before is not None and before.type == EntityType.PERSON and mention.type == EntityType.OFFICE
        if not (held and _APPOSED.fullmatch(between)):
            out.append(mention)
    return out


def _headed_together(context: Context, best: Mention) -> list[Mention]:
    """Return the persons who head a text together, each with an office in a line of their own; the winner is one."""
    heads: list[Mention] = []
    for m in context.mentions:
        if m.span.begin >= context.header.body.begin or m.type != EntityType.PERSON:
            continue
        line = _line(context, m, Span(0, context.header.body.begin))
        office = next((o for o in context.mentions_in(line) if o.type == EntityType.OFFICE), None)
        opens = m.span.begin - line.begin <= _TITLE_BEFORE
        if office is not None and opens and 0 < office.span.begin - m.span.end < 4:
            heads.append(m)
    named = {m.name.casefold() for m in heads}
    return heads if len(named) == len(heads) > 1 and any(same_name(m, best) for m in heads) else []


def _ranked(context: Context) -> list[_Candidate]:
    votes: dict[tuple[EntityType, str], _Candidate] = {}
    topics, targets = _topics(context), _targets(context)
    for mention, weight, cue in _votes(context):
        if mention.name.casefold() in words("channels") or publisher_kind(mention.text) not in ("", "ngo"):
            continue
        if mention.type == EntityType.PERSON and weight < _BYLINE and mention.name in topics:
            continue
        key = (mention.type, mention.key or mention.name.casefold())
        if key in targets:
            weight *= _TARGET
        candidate = votes.setdefault(key, _Candidate(mention))
        candidate.total += weight
        candidate.count += 1
        if weight > candidate.best:
            candidate.best, candidate.cue, candidate.mention = weight, cue, mention
    return sorted(votes.values(), key=lambda c: (-c.votes, c.mention.span.begin))


def _votes(context: Context) -> Iterator[_Vote]:
    yield from _title_votes(context)
    for sentence in context.body[:2]:
        if _INTRODUCES.search(context.text.of(sentence.span)):
            yield from _named_as_speaker(context, sentence.span)
    yield from _letterhead_votes(context)
    for m in _FROM.finditer(context.text.string, 0, context.header.body.begin + 1500):
        yield from ((x, _NAMED_SPEAKER, Span(*m.span())) for x in coordinated(context, m.end(), m.end() + 120)[:1])
    yield from _subject_votes(context)
    yield from _described_votes(context)
    yield from _opening_vote(context)
    yield from _signature_votes(context)


def _title_votes(context: Context) -> Iterator[_Vote]:
    title = context.header.title
    if title is None:
        return
    string = context.text.string
    yield from _named_as_speaker(context, title)
    for mention in context.mentions_in(title):
        opens = mention.span.begin - title.begin < 5 and string[mention.span.end : mention.span.end + 2] == ": "
        if opens and mention.type == EntityType.ORG:
            yield mention, 3.0, None  # "Ferry Board: tolls to fall"
        if mention.type in SPEAKERS:
            own = _OWN.match(string, mention.span.end, title.end)
            if own and (mention.type != EntityType.PERSON or own.group()[0] in "’'`"):
                yield mention, 4.0, Span(own.start(), own.end())
            yield from _subject(context, mention, title, 0.9)


def _topics(context: Context) -> frozenset[str]:
    """Return the persons that the headline of a text of several bodies is about ("Joint statement on Tam Orwell")."""
    title = context.header.title
    opening = Span(0, context.body[0].span.end) if context.body else title
    if title is None or opening is None or not _SEVERAL.search(context.text.of(opening)):
        return frozenset()
    persons = [m for m in context.mentions_in(title) if m.type == EntityType.PERSON]
    return frozenset(m.name for m in persons if _is_topic(context, m, title))


def _targets(context: Context) -> frozenset[tuple[EntityType, str]]:
    """Return the bodies that the text opens with somebody else criticising: they are spoken about."""
    found: set[tuple[EntityType, str]] = set()
    for sentence in context.body[:2]:
        for m in context.mentions_in(sentence.span):
            criticised = _CRITICISED.search(context.text.string, sentence.span.begin, m.span.begin)
            if m.type == EntityType.ORG and criticised and criticised.start() > sentence.span.begin:
                found.add((m.type, m.key or m.name.casefold()))
    return frozenset(found)


def _is_topic(context: Context, person: Mention, title: Span) -> bool:
    """Return whether a headline has something done or said about a person, who is not named as speaker in it."""
    string = context.text.string
    before = _GIVEN.search(string, title.begin, person.span.begin)  # the name may be found by its surname alone
    begin = before.start() if before else person.span.begin
    if any(0 <= begin - m.end() < 40 for m in _BY.finditer(string, title.begin, title.end)):
        return False
    opens = begin - title.begin < 3 and string[person.span.end : person.span.end + 1] == ":"
    return opens or _ABOUT.search(string, title.begin, begin) is not None


def _named_as_speaker(context: Context, area: Span) -> Iterator[_Vote]:
    """Vote for whom the words name as speaker: "statement by X", "[COMMUNIQUE] [X]"."""
    string = context.text.string
    for m in chain(_BY.finditer(string, area.begin, area.end), _ATTRIBUTED.finditer(string, area.begin, area.end)):
        named = coordinated(context, m.end(), area.end)[:1] or _person_behind(context, m.end(), area.end)
        for mention in named:
            yield mention, _NAMED_SPEAKER, Span(m.start(), m.end())
            follow = next_person(context, mention)
            if follow and mention.type == EntityType.OFFICE:
                yield follow, _NAMED_SPEAKER + 0.5, Span(m.start(), m.end())
    bracketed = _BRACKETED.search(string, area.begin, area.end)
    if bracketed:
        for mention in context.mentions_in(Span(bracketed.start(1), bracketed.end(1))):
            if mention.type in SPEAKERS:
                weight = _NAMED_SPEAKER + (0.5 if mention.type == EntityType.PERSON else 0.0)
                yield mention, weight, Span(*bracketed.span())


def _person_behind(context: Context, begin: int, end: int) -> list[Mention]:
    """Return the first person behind words in small letters: an office in a language that has no capitals for it."""
    named = context.mentions_in(Span(begin, min(end, begin + _OFFICE_REACH)))
    first = next((m for m in named if m.type == EntityType.PERSON), None)
    between = context.text.string[begin : first.span.begin] if first else ""
    return [first] if first is not None and between == between.lower() else []


def _letterhead_votes(context: Context) -> Iterator[_Vote]:
    """Lines above the body that name the speaker ("Press Release: Green Party", "The Hon A. Name MP", a byline)."""
    header = context.header
    for sentence in context.text.sentences:
        if sentence.span.begin >= header.body.begin:
            break
        if _ATTRIBUTED.search(context.text.string, sentence.span.begin, sentence.span.end):
            yield from _named_as_speaker(context, sentence.span)
        if (header.title is not None and header.title.overlaps(sentence.span)) or _is_dateline(context, sentence.span):
            continue
        labelled = _LABEL.match(context.text.of(sentence.span)) is not None
        for mention in context.mentions_in(sentence.span):
            if mention.type in SPEAKERS and mention.type != EntityType.STATE:
                person = mention.type == EntityType.PERSON
                line = _line(context, mention, sentence.span) if person else sentence.span
                yield mention, _letterhead_weight(context, mention, line, labelled), None


def _line(context: Context, mention: Mention, area: Span) -> Span:
    """Return the line that a mention stands in; a letterhead of several lines is one sentence."""
    begin = context.text.string.rfind("\n", area.begin, mention.span.begin) + 1
    end = context.text.string.find("\n", mention.span.end, area.end)
    return Span(max(begin, area.begin), end if end >= 0 else area.end)


def _is_dateline(context: Context, line: Span) -> bool:
    """Return whether a line above the body is its dateline and first sentence."""
    body = context.header.body
    return line.end > body.begin and (context.header.dateline_place is not None or body.begin - line.begin < 60)


def _letterhead_weight(context: Context, mention: Mention, line: Span, labelled: bool) -> float:
    if mention.type == EntityType.ORG and _PRESS_OFFICE.search(mention.name):
        return 0.5  # who hands it out, not who speaks
    if mention.type == EntityType.ORG and _is_publisher(context, mention) and not labelled:
        return 1.5
    if mention.type == EntityType.OFFICE and mention.span == line and line.end < context.header.body.begin:
        return _BYLINE
    if not labelled and GOVERNED.search(context.text.string, line.begin, mention.span.begin):
        return 0.5
    offices = any(m.type == EntityType.OFFICE for m in context.mentions_in(line))
    if not labelled and len(line) > 80 and mention.type == EntityType.PERSON and not offices:
        return 0.5  # a second headline, or a summary
    if not labelled and SENTENCE_END.search(context.text.of(line)) and len(line) > _SHORT_LINE:
        return 0.5  # a summary in a sentence
    weight = 4.0 if labelled else 3.0 if len(mention.span) > 0.3 * len(line) else 1.0
    if context.header.byline is not None and context.header.byline.overlaps(mention.span):
        weight = _BYLINE
    return weight + (1.0 if mention.type == EntityType.PERSON else 0.0)


def _is_publisher(context: Context, mention: Mention) -> bool:
    span = context.header.publisher_span
    return span is not None and span.overlaps(mention.span)


def _is_publisher_named(context: Context, body: Mention) -> bool:
    """Return whether a body is the publisher of the document: who is quoted again and again in its release speaks."""
    publisher = context.header.publisher.casefold()
    return bool(publisher) and (publisher in (body.name.casefold(), body.text.casefold()))


def _subject_votes(context: Context) -> Iterator[_Vote]:
    """Subjects of verbs of speaking; the first of each sentence speaks, a later one is mostly spoken of."""
    quoted = Cover(Span(m.start(), m.end()) for m in _QUOTED.finditer(context.text.string))
    opened = ""
    for number, sentence in enumerate(context.body):
        near = 1.6 if number == 0 else 1.2 if number < 3 else 0.6 if number < 8 else 0.3
        found = list(_sentence_votes(context, sentence.span, near, quoted))
        for mention, weight, cue in found:
            answers = cue is not None and context.text.of(cue).lower() in words("answering_verbs")
            yield mention, weight * (_ASIDE if answers and opened not in ("", mention.name) else 1.0), cue
        if number == 0 and found:
            opened = max(found, key=lambda vote: vote[1])[0].name


def _sentence_votes(context: Context, area: Span, first: float, quoted: Cover) -> Iterator[_Vote]:
    """Vote for the subjects of one sentence: the main clause's in full, a subordinate clause's for little."""
    string = context.text.string
    near = first
    aside_until = area.end if _LEADING.match(string, area.begin, area.end) else area.begin
    main: int | None = None
    for mention in context.mentions_in(area):
        if mention.type not in SPEAKERS or quoted.holds(mention.span):
            continue
        begin = mention.span.begin
        aside = begin < aside_until or (main is not None and _SUBORDINATE.search(string, main, begin) is not None)
        closes = mention.span.end > area.end - 60
        found = list(_subject(context, mention, area, near * _ASIDE if aside else first if closes else near))
        yield from found
        cue = found[-1][2] if found else None
        if cue is None:
            continue
        if aside_until == area.end:  # the clause ends at the comma behind its verb
            comma = string.find(",", cue.end, area.end)
            aside_until = comma if comma >= 0 else area.end
        elif not aside:
            near *= 0.4 if mention.type != EntityType.OFFICE else 1.0
            main = main or max(mention.span.end, cue.end)


def _is_release(context: Context) -> bool:
    """Return whether the head of a document calls it a release."""
    return RELEASE.search(context.text.string, 0, context.header.body.begin + 80) is not None


def _described_votes(context: Context) -> Iterator[_Vote]:
    """Vote for the body last named where "the organisation" or "the group" says something in a statement."""
    string, body = context.text.string, context.header.body
    bodies = [m for m in context.mentions if m.type == EntityType.ORG]
    for found in _THE_BODY.finditer(string, body.begin, body.end):
        before = [m for m in bodies if found.start() - _NAMED_BEFORE < m.span.begin < found.start()]
        if before and not _is_publisher(context, before[-1]):
            yield before[-1], 2.0, Span(found.start(1), found.end(1))


def _opening_vote(context: Context) -> Iterator[_Vote]:
    """Vote for the body that the report opens with, as who acts there has mostly made it known."""
    if not context.body:
        return
    begin = context.body[0].span.begin
    kinds = (EntityType.ORG, EntityType.PERSON)
    first = next(
        (m for m in context.mentions_in(context.body[0].span)[:3] if m.type in kinds and m.source != "guess"), None
    )
    held = context.mention_at(begin) or context.mention_at(begin + 4)
    if held is not None and held.type == EntityType.OFFICE and (person := next_person(context, held)):
        # "The Commissioner for Ferries, Dora Orrin, visited ..."
        yield person, 1.6 if _is_release(context) else 1.2, None
        return
    if first is None or first.span.begin - begin >= 40 or _is_publisher(context, first):
        return
    string = context.text.string
    acts = _ACTOR.match(string, first.span.end) and not _ARTICLE.search(string, begin, first.span.begin)
    if acts and not GOVERNED.search(string, begin, first.span.begin):
        yield first, 2.0 if first.type == EntityType.ORG else 1.2, None


def _subject(context: Context, mention: Mention, area: Span, near: float) -> Iterator[_Vote]:
    """Vote for a mention that stands before a verb of speaking, or behind one ("said X")."""
    string = context.text.string
    begin = max(area.begin, mention.span.begin - 30)
    if _OWN_VOICE.search(string, begin, mention.span.begin) and _WE.match(string, mention.span.end):
        yield mention, 4.0 * max(near, 0.6), None
    elif mention.type != EntityType.STATE and (according := _ACCORDING.search(string, begin, mention.span.begin)):
        yield mention, 2.6 * near, Span(*according.span())
    if GOVERNED.search(string, begin, mention.span.begin) or _is_noun_behind(context, mention):
        return
    verb = verb_after(context, mention, area) or verb_before(context, mention, area) or decision(context, mention, area)
    if verb is None:
        return
    span, weight = verb
    if _IN_STATEMENT.search(string, mention.span.end, area.end) or _reports_whole(context, mention, span, area):
        weight, near = weight + 1.5, max(near, _TOLD_LATE)
    if weight < 1:  # "sent troops"
        return
    yield mention, weight * near * (0.5 if mention.source == "guess" else 1.0), span
    if mention.type == EntityType.OFFICE:
        person = next_person(context, mention) or person_before(context, mention)
        if person:
            yield person, weight * near * 1.1, span


def _is_noun_behind(context: Context, mention: Mention) -> bool:
    """Return whether a name stands before a noun that looks like a verb of speaking ("ignores more UN calls")."""
    string = context.text.string
    several = _MORE.search(string, max(0, mention.span.begin - 24), mention.span.begin) is not None
    return several and _NOUNS_OF_SPEECH.match(string, mention.span.end) is not None


def _reports_whole(context: Context, mention: Mention, verb: Span, area: Span) -> bool:
    """Return whether a sentence ends by telling who said all of it ("..., the Harbour Union said today.")."""
    string = context.text.string
    before = string[max(area.begin, mention.span.begin - 8) : mention.span.begin].rstrip()
    late = mention.span.begin - area.begin > 40 and before.endswith((",", ", the"))
    return (
        late and string[verb.begin : verb.end].lower() in _SAYS and bool(_LAST_WORDS.match(string, verb.end, area.end))
    )


def _signer(context: Context, office: Mention) -> Role | None:
    """Return the person who alone signs the letter that is headed as one of an office, where it names no holder."""
    if next_person(context, office) or person_before(context, office):
        return None
    signed = [(m, cue) for m, weight, cue in _signature_votes(context) if m.type == EntityType.PERSON and cue]
    if len({m.name.casefold() for m, _ in signed}) != 1:
        return None
    mention, cue = signed[0]
    return Role(mention, context.text.evidence(mention.span), cue, 0.85)


def _signature_votes(context: Context) -> Iterator[_Vote]:
    """Names under the closing formula of a letter, and names that fill a line of their own at the end."""
    string = context.text.string
    closing = next(_CLOSING.finditer(string, max(0, len(string) - _TAIL)), None)
    if closing:
        cue = Span(closing.start(), closing.end())
        for mention in context.mentions_in(Span(closing.end(), closing.end() + 200)):
            if mention.type in (EntityType.PERSON, EntityType.ORG):
                yield mention, 4.5 if mention.type == EntityType.PERSON else 3.0, cue
        return
    own = _I_SPEAK.search(_spoken(context)) is not None
    for sentence in context.body[-4:]:
        for mention in context.mentions_in(sentence.span):
            fills = len(mention.span) > 0.6 * len(sentence.span)
            if fills and mention.type in SPEAKERS and mention.type != EntityType.STATE:
                yield mention, _SIGNED if own and mention.type == EntityType.PERSON else 2.5, None


def _person_of(context: Context, ranked: Sequence[_Candidate]) -> _Candidate:
    """Return the winner; where it is a body or office and a person of that body speaks too, that person."""
    by_name = (EntityType.PERSON, EntityType.OFFICE)
    signed = next((c for c in ranked if c.mention.type in by_name and c.best >= _BYLINE), None)
    best = signed or ranked[0]
    if best.mention.type == EntityType.PERSON or best.best >= _NAMED_SPEAKER:
        return best
    for other in ranked[:_RIVALS]:
        said = other.cue is not None and context.text.of(other.cue).lower() in _SAYS
        speaks = other.votes >= max(_LEAST, 0.2 * best.votes)
        speaks = speaks or (said and other.count > 1 and _is_publisher_named(context, best.mention))
        if other.mention.type != EntityType.PERSON or not (speaks or (said and other.votes >= _SPOKEN)):
            continue
        if _speaks_for(context, other, best.mention, named=not speaks):
            return replace(other, total=best.total, best=best.best)
    return best


def _speaks_for(context: Context, speaker: _Candidate, winner: Mention, *, named: bool) -> bool:
    """Return whether a person holds the winning office, or an office of the winning body (that names it: ``named``)."""
    person = speaker.mention
    office = office_of(context, person)
    if winner.type != EntityType.OFFICE:
        if office is None:
            return False
        if any(m.name == winner.name for m in beside(context, office)):
            return True
        own = (
            belongs(office, winner)
            or is_held_in(context, office, winner)
            or (is_bare_president(office) and _signs_or_is_quoted(context, speaker.cue))
        )
        return (bool(office.within) or not named) and own
    if holds(context, person, winner):
        return True
    return any(same_name(m, person) and 0 <= m.span.begin - winner.span.end < 4 for m in context.mentions)


def _signs_or_is_quoted(context: Context, cue: Span | None) -> bool:
    """Return whether a vote rests on a signature, or on a verb at a quotation: so a release has its own president."""
    if cue is None:  # a line above or below the text
        return True
    string = context.text.string
    behind = _BEHIND_QUOTE.search(string, max(0, cue.begin - 6), cue.begin) or _CLOSING.match(string, cue.begin)
    return behind is not None or _BEFORE_QUOTE.match(string, cue.end) is not None
