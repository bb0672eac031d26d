"""The head and foot of a document: headline, publisher, date, dateline, byline, and where the running text lies.

The lines above the running text are read one by one; each is a date, a label ("Media release"), a credit, a letterhead
(an office, a body, a person with an office), or else the headline. Nothing here looks at who speaks or what is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from communique.extract.clock import with_time
from communique.extract.dateline import Dateline, find_dateline, is_medium, publisher_kind
from communique.extract.dates import DateExpression, find_dates
from communique.model import Document, Header, Span
from communique.resources import lexicon, words

_HEAD = 6000  # code points that a head may take
_LINES = 30
_FOOT = 40
Kind = Literal["date", "label", "credit", "letterhead", "byline", "prose", "title"]

_PERSON_OFFICE = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,4}[A-Z][\w.'’-]*,\s")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:(?!---|\.\.\.)[^\n]*\n){0,60}(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"[^\n]+(?:\n(?![ \t\u00a0]*\n)[^\n]+)*")
_MARKUP = re.compile(r"[\s#>*_=~•\u00a0-]*")
_RULE = re.compile(r"[\s=_*~#.–—-]*$")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SPACED = re.compile(r"(?<=\b[A-Z])\s(?=[A-Z]\b)")  # N E W S: letters set apart
_SENTENCE_END = re.compile(r"[.!?:…][\"”’»')\]]*\s*$")
_INNER_END = re.compile(r"[a-z)\d”\"][.!?]\s+[A-Z“\"]")
_SALUTATION = re.compile(r"(?:Dear|Excellenc|Thank you|Mr\.? President|Madame?|Mr\.? Speaker|Mr\.? Chair|Distinguished|Ladies and|Your )", re.IGNORECASE)
_URL = re.compile(r"\S*(?:https?:|www\.|//|@)\S*")
_BYLINE = re.compile(r"(?:By|BY|by)\s(?!the\b)(?=[A-Z])")
_CREDIT = re.compile(r"(?:©|\(c\)|Copyright\b)\s*:?\s*(?P<name>[^|,.;\n©]{2,80}?)\s*(?:(?:19|20)\d\d\b.*)?(?=[|,.;\n]|$)", re.IGNORECASE)
_RELEASE_BY = re.compile(r"(?:Press|Media|News)\s(?:Release|Statement)s?\s*:\s*(?P<name>[A-Z][^\n:]{2,70})$", re.IGNORECASE)
_RELEASE = re.compile(r"(?:joint\s)?(?:media|press|news)\s?(?:release|statement|advisory|communiqu[eé])s?\b", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:told|informed|reported to|said in (?:an )?interview with)\s(?:the\s)?(?P<name>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})")
_TAGLINE = re.compile(r"(?:[–—-]|\(|Source:|SOURCE:)\s*(?P<name>[A-Z][\w./ -]{1,40}?)\)?\.?\s*$")
_LOWER_HEAD = re.compile(r"\s*[a-zà-ÿ]")
_PARTICLES = frozenset("of for the and to on in at de la with from by a an & als".split())
_STATEMENT = frozenset("statement remarks speech message letter declaration communiqué communique readout".split())


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its markup and margins; lines of a heading that runs on are one."""

    span: Span
    text: str
    words: tuple[str, ...]
    gap: bool = True  # a blank line stands before it


def read_header(document: Document) -> Header:
    """Read the head and foot of a document; see :class:`communique.model.Header` for what comes back.

    What the document's container says of title, date and publisher goes before what the text shows.
    """
    text, start = document.text, _front_matter_end(document.text)
    lines = _lines(text, start)
    kinds, first = _classified(lines, text)
    dateline = _opening(text, lines[first]) if first < len(lines) else None
    title = _title(document, lines[:first], kinds, start)
    begin = _body_begin(text, lines, first, dateline, start)
    body = Span(begin, _body_end(text, begin))
    head = [(line, kind) for line, kind in zip(lines[:first], kinds, strict=True) if line.span != title]
    intro = _introduction(text, lines[first : first + 4])
    issued, issued_span = _issued(document, head, title, dateline, body, intro)
    publisher, publisher_span = _publisher(document, head, title, dateline, body)
    return Header(
        body=body,
        title=title,
        issued=issued,
        issued_span=issued_span,
        dateline_place=dateline.place if dateline else None,
        publisher=publisher,
        publisher_span=publisher_span,
        byline=next((line.span for line, kind in head if kind == "byline"), None),
        language=document.metadata.language.split("-")[0].lower() or _language(text[begin : begin + 4000]),
    )


def _front_matter_end(text: str) -> int:
    found = _FRONT_MATTER.match(text)
    return found.end() if found else 0


def _lines(text: str, start: int) -> list[_Line]:
    """Return the first lines of the text, markup stripped; a heading or paragraph that runs over lines is one."""
    out: list[_Line] = []
    for block in _BLOCK.finditer(text, start, min(len(text), start + _HEAD)):
        spans = [_stripped(m) for m in _LINE.finditer(text, block.start(), block.end()) if not _RULE.match(m.group())]
        if _is_wrapped(spans):
            spans = [Span(spans[0].begin, spans[-1].end)]
        joined: list[Span] = []
        for span in spans:
            if joined and _runs_on(joined[-1].of(text), span.of(text)):
                joined[-1] = Span(joined[-1].begin, span.end)
            else:
                joined.append(span)
        out.extend(_line(text, span, number == 0) for number, span in enumerate(joined))
        if len(out) >= _LINES:
            break
    return out


def _stripped(line: re.Match[str]) -> Span:
    """Return the span of a line without margins, heading marks and emphasis."""
    margin = _MARKUP.match(line.group())
    return Span(line.start() + (margin.end() if margin else 0), line.start() + len(line.group().rstrip(" \t\u00a0#*_")))


def _is_wrapped(spans: Sequence[Span]) -> bool:
    """Return whether lines are a paragraph with fixed line breaks: three or more of like length, only the last shorter."""
    longest = max((len(s) for s in spans), default=0)
    return len(spans) > 2 and 50 <= longest <= 100 and all(len(s) > 0.7 * longest for s in spans[:-1])


def _line(text: str, span: Span, gap: bool = True) -> _Line:
    line = span.of(text)
    return _Line(span, line, tuple(_WORD.findall(_SPACED.sub("", line[:1500]))), gap)


def _runs_on(line: str, following: str) -> bool:
    """Return whether a line of a paragraph goes on in the next one."""
    if _SENTENCE_END.search(line) or _RELEASE.match(line) or _RELEASE.match(following):
        return False
    if _LOWER_HEAD.match(following) or line.rstrip().endswith((",", "-")):
        return True
    return line.isupper() and following.isupper() and len(line.split()) > 3 and not find_dates(line) and not find_dates(following)


def _classified(lines: Sequence[_Line], text: str) -> tuple[list[Kind], int]:
    """Return the kinds of the lines above the running text and the index of the line where that begins."""
    kinds: list[Kind] = []
    first = len(lines)
    for number, line in enumerate(lines):
        kind = _kind(text, line)
        if kind == "prose" or (kind in {"title", "letterhead"} and "title" in kinds and _SALUTATION.match(line.text)):
            first = number
            break
        kinds.append(kind)
    # the first lines of a paragraph with fixed line breaks are no headings: go back to where it begins
    while 0 < first < len(lines) and not lines[first].gap and kinds[first - 1] == "title" and len(lines[first - 1].words) > 5:
        if "title" not in kinds[: first - 1]:
            break
        first -= 1
    return kinds[:first], first


def _kind(text: str, line: _Line) -> Kind:
    if _is_prose(text, line):
        return "prose"
    if _CREDIT.match(line.text):
        return "credit"
    if _is_date(line):
        return "date"
    if _is_label(line):
        return "label"
    if _BYLINE.match(line.text) and len(line.words) <= 10:
        return "byline"
    return _letterhead(line) or "title"


def _is_prose(text: str, line: _Line) -> bool:
    """Return whether a line is running text: a sentence or several, or a paragraph behind a dateline."""
    count = len(line.words)
    if count < 10 or (count < 40 and line.text.isupper() and not _SENTENCE_END.search(line.text)):
        return False
    if count > 60 or (count > 14 and _INNER_END.search(line.text)):
        return True
    ends = _SENTENCE_END.search(line.text) is not None
    if ends and _label_of(line.text) is None:
        return True
    return (count > 40 and _capitals(line) < 0.45) or (count > 15 and find_dateline(text, line.span.begin, line.span.end) is not None)


def _capitals(line: _Line) -> float:
    return sum(w[0].isupper() for w in line.words) / max(1, len(line.words))


def _is_date(line: _Line) -> bool:
    """Return whether a line is a date with at most a place, a time and a file number beside it."""
    dates = [d for d in find_dates(line.text) if d.first.day]
    if dates and re.match(r"[A-Z][\w' ]{2,24}:\s", line.text) and len(line.words) <= 10:
        return True
    if not dates:
        return not line.words or (not _WORD.search(_URL.sub("", line.text)) and len(line.text) < 80)
    left = _URL.sub("", _without(line.text, dates))
    rest = [w for w in _WORD.findall(left) if w.lower() not in {"utc", "gmt", "am", "pm", "a.m", "p.m", "at", "on", "den", "le"}]
    return len(rest) <= 4 and all(w[0].isupper() or w.lower() in _PARTICLES for w in rest) and not any(w.lower() in _office_words()[1] for w in rest)


def _without(text: str, dates: Sequence[DateExpression]) -> str:
    out, at = [], 0
    for date in dates:
        out.append(text[at : date.span.begin])
        at = date.span.end
    return " ".join([*out, text[at:]])


@cache
def _labels() -> tuple[re.Pattern[str], frozenset[str]]:
    rows = lexicon("header_labels")
    opening = sorted((r["phrase"] for r in rows if not r["whole"]), key=lambda p: (-len(p), p))
    single = "|".join(re.escape(p) for p in opening if " " not in p and "-" not in p)
    several = "|".join(re.escape(p) for p in opening if " " in p or "-" in p)
    return re.compile(rf"(?:(?:{several})\b|(?:{single})\s?[:.|>])", re.IGNORECASE), frozenset(r["phrase"] for r in rows if r["whole"])


def _label_of(line: str) -> str | None:
    """Return the label that a line opens with or consists of."""
    pattern, whole = _labels()
    bare = line.strip(" \t-–—:[]()*.|\u00a0")
    if bare.lower() in whole:
        return bare
    found = pattern.match(bare)
    return found.group() if found else None


def _is_label(line: _Line) -> bool:
    if _label_of(line.text) is not None:
        return len(line.words) <= 24
    if len(line.words) == 1 or (_URL.search(line.text) and len(line.words) <= 10):
        return True
    if re.fullmatch(r"[(\[].*[)\]]", line.text) and len(line.words) <= 12:
        return True
    return len(line.words) <= 12 and _RELEASE.search(" ".join(line.words)) is not None and _capitals(line) > 0.6


def _letterhead(line: _Line) -> Kind | None:
    """Return ``letterhead`` or ``byline`` for the name of an office, body or person with an office, else ``None``."""
    lower = [w.lower() for w in line.words]
    if not lower or len(lower) > 34 or _names_statement(lower):
        return None
    if len(lower) > 8 and _SENTENCE_END.search(line.text):
        return None
    if any(w in words("headline_verbs") and w not in _PARTICLES for w in lower):
        return None
    weak, strong = _office_words()
    if not all(w[0].isupper() or w.lower() in _PARTICLES or w.lower() in strong for w in line.words):
        return None
    offices = [i for i, w in enumerate(lower) if w in strong or (w in weak and len(lower) <= 5)]
    if not offices:
        return "letterhead" if is_medium(line.text) and len(lower) <= 6 else None
    if _PERSON_OFFICE.match(line.text) and offices[0] >= 2 and len(lower) <= 14:
        return "byline"
    opens = offices[0] <= (2 if lower[0] in {"the", "hon"} else 1)
    return "letterhead" if opens or offices[-1] >= len(lower) - 1 or len(lower) <= 8 or len(offices) > 1 else None


def _names_statement(lower: Sequence[str]) -> bool:
    """Return whether a line is the headline of a statement ("Joint Communiqué by ...", "On ...")."""
    return lower[0] in {"on", "open", "key"} or not _STATEMENT.isdisjoint(lower)


@cache
def _office_words() -> tuple[frozenset[str], frozenset[str]]:
    rows = lexicon("letterhead_words")
    return frozenset(r["word"] for r in rows if r["weak"]), frozenset(r["word"] for r in rows if not r["weak"])


def _opening(text: str, line: _Line) -> Dateline | None:
    """Return the dateline of the first paragraph, or the label and date that run into it (``Media Release 7 May 2015``)."""
    label = _RELEASE.match(line.text)
    if label is None:
        return find_dateline(text, line.span.begin, line.span.end)
    dates = [d for d in find_dates(text, line.span.begin, min(line.span.end, line.span.begin + 120)) if d.first.day]
    return Dateline(Span(line.span.begin, dates[0].span.end), date=dates[0]) if dates else None


def _title(document: Document, head: Sequence[_Line], kinds: Sequence[Kind], start: int) -> Span | None:
    """Return the headline: the one the container names where it stands in the text, else the first line that is one."""
    named = document.metadata.title
    if named:
        wanted = _folded(named)
        same = next((line.span for line in head if _folded(line.text) == wanted), None)
        if same is not None:
            return same
        at = document.text.find(named, 0, start + _HEAD)
        return Span(at, at + len(named)) if at >= 0 else None
    if document.media_type == "text/html":
        return None
    first = next((line for line, kind in zip(head, kinds, strict=True) if kind == "title"), None)
    if first is None or len(first.words) <= 3:  # a headline made of names alone looks like a letterhead
        least = 4 if first is None else 6
        named_only = [line for line, kind in zip(head, kinds, strict=True) if kind == "letterhead" and len(line.words) > least]
        first = max((line for line in named_only if first is None or line.span < first.span), key=lambda line: len(line.words), default=first)
    return first.span if first is not None else None


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _body_begin(text: str, lines: Sequence[_Line], first: int, dateline: Dateline | None, start: int) -> int:
    if dateline is not None:
        return dateline.span.end
    if first < len(lines):
        return lines[first].span.begin
    return min(len(text), lines[-1].span.end) if len(lines) > 1 else start


@cache
def _footers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Footer lines that end the body whatever follows, and those that do only where no running text follows."""
    hard, soft = ([r["phrase"] for r in lexicon("footers") if bool(r["soft"]) is is_soft] for is_soft in (False, True))
    return _openings(hard), _openings(soft)


def _openings(phrases: list[str]) -> re.Pattern[str]:
    spelled = "|".join(re.escape(p).replace(r"\ ", r"\s") for p in sorted(phrases, key=lambda p: (-len(p), p)))
    behind = r"(?:\s*[:;.,–—-]|\s*$|\s+(?=[A-Z\d(+]|(?:about|on|please|is|and)\b))"
    return re.compile(rf"[\s*_>-]*(?:{spelled}){behind}", re.IGNORECASE)


def _body_end(text: str, begin: int) -> int:
    """Return where the small print begins: the first footer line in the last part of the text, else the end."""
    size = len(text) - begin
    low = max(begin + size // 3, len(text) - max(1500, size // 4))
    at = text.find("\n", low)
    hard, soft = _footers()
    end, pending = len(text), -1
    for found in _LINE.finditer(text, at + 1 if at >= 0 else end):
        length = len(found.group().split())
        if length <= 40 and hard.match(found.group()):
            end = found.start()
            break
        if length > 15 and _SENTENCE_END.search(found.group()):
            pending = -1
        elif pending < 0 and soft.match(found.group()):
            pending = found.start()
    end = pending if 0 <= pending < end else end
    return begin + len(text[begin:end].rstrip())


def _issued(
    document: Document, head: Sequence[tuple[_Line, Kind]], title: Span | None, dateline: Dateline | None, body: Span, intro: Span | None
) -> tuple[str, Span | None]:
    """Return the date of issue and where it stands, the first of: container, head, dateline, headline, foot."""
    text = document.text
    above = [_dated(text, line.span) for line, _ in head if not re.match(r"last (?:updated|modified)", line.text, re.IGNORECASE)]
    found = next((d for d in above if d is not None), None)
    if document.metadata.issued:
        same = found if found is not None and found[0][:10] == document.metadata.issued[:10] else None
        return document.metadata.issued, same[1] if same else None
    if found is None and dateline is not None and dateline.date is not None:
        found = _from_dateline(text, dateline.date, body)
    if found is None and title is not None:
        found = _dated(text, title)
    if found is None and intro is not None:
        found = _dated(text, intro)
    return found or _closing_date(text, body) or ("", None)


def _introduction(text: str, lines: Sequence[_Line]) -> Span | None:
    """Return the paragraph that introduces a speech: one before the salutation, saying where and when it was given."""
    if len(lines) < 2 or not any(_SALUTATION.match(line.text) for line in lines[1:]):
        return None
    return lines[0].span


def _dated(text: str, span: Span) -> tuple[str, Span] | None:
    """Return the first full date in a span, with its time of day."""
    for date in find_dates(text, span.begin, span.end):
        if date.first.day and date.first.year:
            return with_time(text, date.first.iso, date.span)
    return None


def _from_dateline(text: str, date: DateExpression, body: Span) -> tuple[str, Span] | None:
    """Complete a dateline's date with the year of another date in the text that lies within two months of it."""
    if date.first.year:
        return with_time(text, date.first.iso, date.span)
    for other in find_dates(text, body.begin, min(body.end, body.begin + 20_000)):
        if other.first.year and other.first.month and abs(other.first.month - date.first.month) <= 2:
            return f"{other.first.year:04d}-{date.first.month:02d}-{date.first.day:02d}", date.span
    return None


def _closing_date(text: str, body: Span) -> tuple[str, Span] | None:
    """Return the date of a signature line at the end: ``MELBOURNE 23 AUGUST 2013``."""
    start = max(body.begin, len(text) - 2500)
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text, start)]
    for span in reversed(lines[-_FOOT:]):
        line = span.of(text)
        if len(line) > 90 or re.search(r"updated|modified|©|copyright", line, re.IGNORECASE):
            continue
        if _is_date(_line(text, span)) or re.match(r"\[?(?:ISSUED|DATED|Issued|Dated)\b", line):
            found = _dated(text, span)
            if found is not None:
                return found
    return None


def _publisher(
    document: Document, head: Sequence[tuple[_Line, Kind]], title: Span | None, dateline: Dateline | None, body: Span
) -> tuple[str, Span | None]:
    """Return who published the document and where that stands, ``""`` where only the issuer could be meant."""
    text = document.text
    named = document.metadata.publisher
    if named:
        at = text.find(named)
        return named, Span(at, at + len(named)) if at >= 0 else None
    span = (
        next((s for line, kind in head if kind == "credit" and (s := _credit(text, line.span))), None)
        or (dateline.publisher if dateline else None)
        or _signed(text, body)
        or _source_line(head, title)
        or _credit_below(text, body.end)
        or next((s for line, kind in head if (s := _in_letterhead(line, kind, title))), None)
    )
    return (" ".join(span.of(text).split()), span) if span else ("", None)


def _credit(text: str, span: Span) -> Span | None:
    """Return the name behind a copyright sign, unless it is a picture agency's or a photographer's for one."""
    found = _CREDIT.search(text, span.begin, span.end)
    if found is None:
        return None
    name = found["name"].strip()
    if publisher_kind(name) == "photo" or not re.fullmatch(r"[A-Za-zÀ-ž][A-Za-zÀ-ž .&'’-]*", name) or len(name.split()) > 8:
        return None
    return Span(found.start("name"), found.start("name") + len(found["name"].rstrip()))


def _credit_below(text: str, begin: int) -> Span | None:
    """Return the holder of the rights that the small print names."""
    return next((s for m in _LINE.finditer(text, begin) if (s := _credit(text, Span(m.start(), m.end())))), None)


def _signed(text: str, body: Span) -> Span | None:
    """Return a listed agency that the first paragraph was told to (``told APA``) or that signs the last line."""
    for found in _TOLD.finditer(text, body.begin, min(body.end, body.begin + 900)):
        if publisher_kind(found["name"].rstrip(".")) == "agency":
            return Span(found.start("name"), found.start("name") + len(found["name"].rstrip(".")))
    last = text.rfind("\n", body.begin, body.end) + 1
    tagline = _TAGLINE.search(text, max(last, body.end - 60), body.end)
    if tagline is not None and publisher_kind(tagline["name"]) not in {"", "photo"}:
        return Span(tagline.start("name"), tagline.end("name"))
    return None


def _source_line(head: Sequence[tuple[_Line, Kind]], title: Span | None) -> Span | None:
    """Return the line right under the headline where it names a body."""
    under = next(((line, kind) for line, kind in head if title is not None and line.span > title), None)
    return under[0].span if under is not None and _is_source(*under) else None


def _is_source(line: _Line, kind: Kind) -> bool:
    """Return whether a line under the headline names where the text comes from (``The White House``)."""
    named = kind == "title" and 2 <= len(line.words) <= 6 and line.words[0] == "The" and _capitals(line) == 1
    return named or (kind == "letterhead" and _is_body_name(line))


def _is_body_name(line: _Line) -> bool:
    """Return whether a letterhead names a body: no person with a style (``The Hon``, ``MP``), no unit without a name."""
    lower = {w.lower().strip(".") for w in line.words}
    return not lower & {"hon", "honourable", "honorable", "mp", "m.p", "senator", "dr", "mr", "mrs", "ms"} and len(line.words) <= 10


def _in_letterhead(line: _Line, kind: Kind, title: Span | None) -> Span | None:
    """Return the publisher that a letterhead or a label names: ``MINISTER FOR ...``, ``X PRESS RELEASE``, ``Press Release: X``."""
    by = _RELEASE_BY.match(line.text)
    if by is not None:
        return Span(line.span.begin + by.start("name"), line.span.begin + by.end("name"))
    if kind == "label":
        return _beside_label(line)
    if kind != "letterhead" or not _is_body_name(line) or find_dates(line.text) or (title is not None and line.span > title):
        return None
    return line.span


def _beside_label(line: _Line) -> Span | None:
    """Return the name before or behind ``media release`` in one line."""
    release = _RELEASE.search(line.text)
    if release is None:
        return None
    for part in (Span(0, release.start()), Span(release.end(), len(line.text))):
        name = part.of(line.text).strip(" \t:-–—|.")
        if 2 <= len(name.split()) <= 8 and not find_dates(name) and not re.search("release", name, re.IGNORECASE) and all(w[0].isupper() or w.lower() in _PARTICLES for w in name.split()):
            at = line.span.begin + part.begin + part.of(line.text).index(name)
            return Span(at, at + len(name))
    return None


@cache
def _stopwords() -> list[tuple[str, frozenset[str]]]:
    return [(row["language"], frozenset(row["words"].split())) for row in lexicon("languages")]


def _language(sample: str) -> str:
    """Tell the language by its commonest small words; English where nothing speaks for another."""
    found = re.findall(r"[^\W\d_]+", sample.lower())
    counts = [(sum(w in small for w in found), language) for language, small in _stopwords()]
    best = max(counts, key=lambda c: c[0], default=(0, "en"))
    return best[1] if best[0] > counts[0][0] else "en"
