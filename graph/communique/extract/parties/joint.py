"""Finds the parties of a joint statement: "by the foreign ministers of A, B and C", "We, the leaders of A and B"."""

from __future__ import annotations

import re

from communique.extract.grammar.lists import coordinated
from communique.extract.parties.speakers import GOVERNED, SPEAKERS, opening_list
from communique.extract.text import Context
from communique.model import EntityType, Mention, Span

_JOINT = re.compile(
    r"(?i)\bjoint\s+(?:\w+\s+){0,2}?(?:statement|communiqu[eé]|declaration|appeal|press release)\b|"
    r"\b(?:a|the)\s+(?:statement|communiqu[eé]|declaration)\s+(?:by|from|of|on\s+behalf\s+of)\s|"
    r"\b(?:statement|communiqu[eé]|declaration)\s+(?:(?:was|is|has\s+been|have\s+been)\s+)?(?:released|issued|made|adopted|delivered|agreed)\b|"
    r"\bwe,\s+(?:the\s+)?"
)
_PARTIES = re.compile(r"(?i)\b(?:of|by|from|between)\s+|\bwe,\s+")
_OF_OTHERS = re.compile(r"(?i)\b(?:align|associat|subscrib|echo|welcom|endors|note|recall|support)\w*\b[^.]*$")
"""What stands before a statement of others that a speaker joins in ("aligns itself with the statement by ...")."""
_REACH, _OFFICE_REACH = 90, 90
_OF_AT_END = re.compile(r"(?i)\s(?:of|from|by)\s+(?:the\s+)?$")
_GROUPS_SAY = re.compile(
    r"(?i)\b(?:groups|organi[sz]ations|NGOs|bodies|associations|unions)\s+(?:today\s+)?(?:have\s+)?"
    r"(?:said|say|call|called|urge|urged|condemn|condemned|wrote|stated|demand|demanded|warn|warned)\b"
)
_GROUPS_ARE = re.compile(
    r"(?i)\bthe\s+(?:\w+\s+)?(?:groups|organi[sz]ations|NGOs|signatories|associations|unions)\s+(?:are|were|include)\s*:?\s+"
)
_COUNTERPART = re.compile(r",?\s+and\s+(?:his|her|their)\s+(?:[A-Z][\w-]+\s+){0,3}counterpart,?\s+(?=[A-Z])")
_TOGETHER = re.compile(
    r"(?i)\b(?:joint(?:ly)?\s+(?:press\s+)?(?:statement|communiqu[eé]|declaration|announced|said)|they\s+said)\b"
)
_ITEM = re.compile(r",?\s+and\s+(?:the\s+)?(?=[A-Z])|[,;]\s+(?:the\s+)?")
_Parties = tuple[list[Mention], Mention | None]
"""Parties of a joint statement, and the office that they share."""
_MOST_SIGNATORIES = 80
_UNDERSIGNED = re.compile(r"(?i)\b(?:undersigned|we,? the following|signatory organi[sz]ations)\b")
_LINE = re.compile(r"(?m)^[^\S\n]*+(?:[-•*–·]|\d{1,2}[.)])?[^\S\n]*+(\S[^\n]{0,118}?)(?:[^\S\n]|[,;.])*+$")
_UNKNOWN_BODY = re.compile(
    r"[A-ZÀ-Þ][\w’'&-]*"
    r"(?: (?:(?:of|for|the|and|to|&|in|on|para|por|el|la|las|los|de|del|da|do|das|dos|y|e|et|pour) ){0,3}"
    r"[A-ZÀ-Þ][\w’'&-]*){0,8}"
)
_WITH_ACRONYM = re.compile(r"[A-ZÀ-Þ][\w’'&-]*(?: [\w’'&-]+){1,9} \([A-Z][\w-]*[A-Z][\w-]*\)")
_BULLET = re.compile(r"(?:[-•*–·]|\d{1,2}[.)])[^\S\n]*$")
_STATEMENT = re.compile(r"(?i)\b(?:statement|communiqu[eé]|declaration|appeal)\b")
_APPEAR = re.compile(r"(?i)\s+(?:at|before|after|following|in|on|hold|speak|sign)\b")
_SHARED = re.compile(
    r"(?i)\s+(?!as\b)(?:\w+\s+){0,2}?(?:ministers|leaders|presidents|ambassadors|members|governments|representatives)\b"
)
_PLURAL_OFFICE = re.compile(
    r"(?i)((?:(?:vice|deputy|prime|foreign|defence|defense|finance|interior|justice|health|special|G\d+)\s+){0,3}"
    r"(?:ministers|presidents|leaders|ambassadors|secretaries|envoys|commissioners|chairpersons|representatives)"
    r"(?:\s+and\s+(?:special\s+)?(?:envoys|representatives))?)(?:\s+(?:for|to)\s+(?:[A-Z][\w-]+\s*){1,3})?\s*$"
)
_OFFICES_OF = re.compile(r"(?i)\b(?:ministers|presidents|leaders|ambassadors|envoys|representatives)\s+(?:of|from)\s+")


def joint_parties(context: Context) -> tuple[list[Mention], Mention | None]:
    """Return the parties of a joint statement, where headline or opening name at least two in one list.

    The second value is the office they share, where the list follows one in the plural ("the foreign ministers of").
    """
    areas = [context.header.title] if context.header.title else []
    areas += [s.span for s in context.body[:4]]
    best: _Parties = ([], None)
    for area in areas:
        found = _listed_in(context, area)
        if best[0] and not found[0]:
            found = _offices_in(context, area)
        if not best[0] or _names_offices_of(found, best):
            best = found
    if best[0]:
        return best
    pair = _counterparts(context)
    return pair or _told_apart(context) or _bracketed(context) or _together(context) or _signatories(
        context
    ) or _gathered(context), None


def _listed_in(context: Context, area: Span) -> _Parties:
    """Return the longest list of parties of one sentence or headline, and the office they share."""
    best: _Parties = ([], None)
    for cue in _JOINT.finditer(context.text.string, area.begin, area.end):
        if _OF_OTHERS.search(context.text.string, max(area.begin, cue.start() - 60), cue.start()):
            continue
        for m in _PARTIES.finditer(context.text.string, cue.start(), min(area.end, cue.end() + _REACH)):
            found = [x for x in coordinated(context, m.end(), area.end) if x.type in SPEAKERS]
            found = [x for x in found if not _SHARED.match(context.text.string, x.span.end)]
            office = _shared_office(context, m.start())
            if len(found) > 1 and (len(found), office is not None) > (len(best[0]), best[1] is not None):
                best = (found, office)
    return best


def _offices_in(context: Context, area: Span) -> _Parties:
    """Return the states and bodies whose officers act together in a sentence ("The envoys of A, B and C met")."""
    for m in _OFFICES_OF.finditer(context.text.string, area.begin, area.end):
        found = [x for x in coordinated(context, m.end(), area.end) if x.type in SPEAKERS]
        if len(found) > 1:
            return found, _shared_office(context, m.end())
    return [], None


def _names_offices_of(found: _Parties, best: _Parties) -> bool:
    """Return whether a further list gives the parties known already the office that speaks for them.

    "A statement by the governments of A and B" may be followed by "We, the foreign ministers of A and B".
    """
    known = {m.name for m in best[0]}
    shared = sum(m.name in known for m in found[0])
    return best[1] is None and found[1] is not None and shared > 1 and len(found[0]) >= len(known)


def _counterparts(context: Context) -> list[Mention]:
    """Return the holders of one office in two states who speak together ("Minister A and his Kenyan counterpart B")."""
    string = context.text.string
    for sentence in context.body[:4]:
        between = _COUNTERPART.search(string, sentence.span.begin, sentence.span.end)
        one = context.mention_at(between.start() - 1) if between else None
        other = context.mention_at(between.end()) if between else None
        persons = one is not None and other is not None and one.type == other.type == EntityType.PERSON
        if one is None or other is None or not persons or GOVERNED.search(string, sentence.span.begin, one.span.begin):
            continue
        if _TOGETHER.search(string, other.span.end, sentence.span.end):
            return [one, other]
    return []


def _told_apart(context: Context) -> list[Mention]:
    """Return the bodies that speak together where a later sentence lists them ("six groups said. The groups are")."""
    opening = context.body[:3]
    if not any(_GROUPS_SAY.search(context.text.of(s.span)) for s in opening):
        return []
    for sentence in context.body[:8]:
        cue = _GROUPS_ARE.search(context.text.string, sentence.span.begin, sentence.span.end)
        if cue is None:
            continue
        at, found = cue.end(), []
        for m in [*_ITEM.finditer(context.text.string, at, sentence.span.end), None]:
            end = m.start() if m else sentence.span.end
            text = context.text.string[at:end].rstrip(". ")
            found.append(_listed(context, Span(at, at + len(text))) if text else None)
            at = m.end() if m else end
        named = [m for m in found if m is not None]
        if len(named) > 1:
            return named
    return []


def _signatories(context: Context) -> list[Mention]:
    """Return the bodies that sign a statement of "the undersigned": each fills a line of its own below the text."""
    string = context.text.string
    opening = context.body[1].span.end if len(context.body) > 1 else len(string)
    undersigned = _UNDERSIGNED.search(string)
    if undersigned is None:
        return []
    begin = max(opening, undersigned.end())
    lines = [Span(m.start(1), m.end(1)) for m in _LINE.finditer(string, begin)]
    lines = lines[-_MOST_SIGNATORIES:] if undersigned.end() < opening else lines[:_MOST_SIGNATORIES]
    named = [_signatory(context, line) for line in lines]
    known = [i for i, m in enumerate(named) if m is not None]
    if not known:
        return []
    first, last = known[0], known[-1]
    while first and _follows(context, lines[first - 1], lines[first]) and _listed(context, lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _follows(context, *lines[last : last + 2]) and _listed(context, lines[last + 1]):
        last += 1
    found = [named[i] or _listed(context, lines[i]) for i in range(first, last + 1)]
    out = [m for m in found if m is not None]
    return out if len(out) > 1 else []


def _follows(context: Context, above: Span, below: Span) -> bool:
    """Return whether one line stands straight below another."""
    return context.text.string.count("\n", above.end, below.begin) == 1


def _signatory(context: Context, line: Span) -> Mention | None:
    """Return the body that a line begins with and is filled by."""
    inside = context.mentions_in(line)
    fills = inside and inside[0].type == EntityType.ORG and len(inside[0].span) > 0.6 * len(line) - 6
    return inside[0] if fills else None


def _listed(context: Context, line: Span) -> Mention | None:
    """Return a line of nothing but capitalised words as a body's name: it stands in a list of bodies that sign."""
    text = context.text.of(line)
    known = context.mention_at(line.begin)
    if known is not None and known.type == EntityType.ORG and len(known.span) > 0.6 * len(line) - 6:
        return known
    single = " " not in text and not _BULLET.search(context.text.string, max(0, line.begin - 6), line.begin)
    persons = (m for m in context.mentions_in(line) if m.type in (EntityType.PERSON, EntityType.OFFICE))
    if (
        single
        or not (_UNKNOWN_BODY.fullmatch(text) or _WITH_ACRONYM.fullmatch(text))
        or any(m.source not in ("guess", "given-name") for m in persons)
    ):
        return None
    return Mention(line, text, EntityType.ORG, text, "pattern", 0.6)


def _bracketed(context: Context) -> list[Mention]:
    """Return those who open a statement in brackets behind what they call themselves ("The Troika (A, B and C)")."""
    title = context.header.title
    if title is None or not _STATEMENT.search(context.text.of(title)) or not context.body:
        return []
    string, first = context.text.string, context.body[0].span
    begin = string.find("(", first.begin, min(first.end, first.begin + 80)) + 1
    found = coordinated(context, begin, first.end) if begin else []
    if len(found) < 2 or string[found[-1].span.end : found[-1].span.end + 1] != ")":
        return []
    more = coordinated(context, found[-1].span.end + 1, first.end)
    return [m for m in [*found, *more] if m.type in SPEAKERS]


def _together(context: Context) -> list[Mention]:
    """Return the persons whose joint appearance a headline tells of ("President A and Minister B at a signing")."""
    title = context.header.title
    if title is None:
        return []
    found = [m for m in coordinated(context, title.begin, title.end) if m.type in SPEAKERS]
    persons = len(found) > 1 and all(m.type == EntityType.PERSON for m in found)
    return found if persons and _APPEAR.match(context.text.string, found[-1].span.end, title.end) else []


def _gathered(context: Context) -> list[Mention]:
    """Return those who open the text of a joint statement together ("Representatives of A and B met and ...")."""
    title = context.header.title
    opening = context.text.of(context.body[0].span) if context.body else ""
    if not re.match(r"(?i)representatives of\b", opening) and not (
        title and re.search(r"(?i)\bjoint\b", context.text.of(title))
    ):
        return []
    for sentence in context.body[:3]:
        found = opening_list(context, sentence, governed=True)
        if len(found) > 1:
            return found
    return []


def _shared_office(context: Context, end: int) -> Mention | None:
    """Return the office in the plural that ends at ``end`` ("G7 foreign ministers"), as words of the text."""
    before = _OF_AT_END.sub("", context.text.string[max(0, end - _OFFICE_REACH) : end])
    m = _PLURAL_OFFICE.search(before)
    if m is None:
        return None
    begin = max(0, end - _OFFICE_REACH)
    span = Span(begin + m.start(1), begin + m.end(1))
    return Mention(span, m.group(1), EntityType.OFFICE, re.sub(r"\s+", " ", m.group(1)), "office", 0.7)
