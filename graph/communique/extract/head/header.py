"""The head and foot of a document: headline, publisher, date, dateline, byline, and where the running text lies.

The lines above the running text are read one by one; each is a date, a label ("Media release"), a credit, a letterhead
(an office, a body, a person with an office), or else the headline. Nothing here looks at who speaks or what is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from communique.extract.head.clock import with_time
from communique.extract.head.dateline import Dateline, find_dateline
from communique.extract.head.publisher import find_publisher
from communique.extract.head.topmatter import (
    HEAD,
    LINE,
    RELEASE,
    SALUTATION,
    SENTENCE_END,
    Kind,
    Line,
    classify,
    is_date,
    line_of,
    parted,
    top_lines,
    unfolded,
)
from communique.extract.temporal.dates import DateExpression, find_dates
from communique.model import Document, Header, Span
from communique.resources import lexicon

_FOOT = 40

_STATEMENT_BY = re.compile(r"(?i)(?:press |media )?statement by (?:(?! on | about | regarding | concerning |:).)*")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:(?!---|\.\.\.)[^\n]*\n){0,60}(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


def read_header(document: Document) -> Header:
    """Read the head and foot of a document; see :class:`communique.model.Header` for what comes back.

    What the document's container says of title, date and publisher goes before what the text shows.
    """
    text, start = document.text, _front_matter_end(document.text)
    lines = unfolded(text, parted(text, top_lines(text, start), document.metadata.title))
    kinds, first = classify(lines, text)
    dateline = _opening(text, lines[first]) if first < len(lines) else None
    title = _title(document, lines[:first], kinds, start)
    begin = _body_begin(text, lines, first, dateline, start)
    if not text[begin:].strip():  # all of it looked like a head: a note of a line or two is its own body
        begin = title.end if title is not None and text[title.end :].strip() else start
    body = Span(begin, _body_end(text, begin))
    head = [(line, kind) for line, kind in zip(lines[:first], kinds, strict=True) if line.span != title]
    intro = _introduction(text, lines[first : first + 4])
    issued, issued_span = _issued(document, head, title, dateline, body, intro)
    if issued_span is not None and issued_span.begin < body.begin < issued_span.end:
        body = Span(issued_span.end, body.end)  # the time of day, behind a dash
    publisher, publisher_span = find_publisher(document, head, title, dateline, body)
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


def _opening(text: str, line: Line) -> Dateline | None:
    """Return the dateline of the first paragraph, or the label and date that run into it (``Media Release 7 May``)."""
    label = RELEASE.match(line.text)
    if label is None:
        return find_dateline(text, line.span.begin, line.span.end)
    dates = [d for d in find_dates(text, line.span.begin, min(line.span.end, line.span.begin + 120)) if d.first.day]
    return Dateline(Span(line.span.begin, dates[0].span.end), date=dates[0]) if dates else None


def _title(document: Document, head: Sequence[Line], kinds: Sequence[Kind], start: int) -> Span | None:
    """Return the headline: the one the container names where it stands in the text, else the first line that is one."""
    named = document.metadata.title
    if named:
        wanted = _folded(named)
        same = next((line.span for line in head if _folded(line.text) == wanted), None)
        if same is not None:
            return same
        at = document.text.find(named, 0, start + HEAD)
        return Span(at, at + len(named)) if at >= 0 else None
    titles = [line for line, kind in zip(head, kinds, strict=True) if kind == "title"]
    by = len(titles) > 1 and _STATEMENT_BY.fullmatch(titles[0].text) is not None
    first = next(iter(titles[by:]), None)  # "Statement by the Premier" over what it is about
    if first is None or len(first.words) <= 3:  # a headline made of names alone looks like a letterhead
        least = 4 if first is None else 6
        named_only = [
            line for line, kind in zip(head, kinds, strict=True) if kind == "letterhead" and len(line.words) > least
        ]
        first = max(
            (line for line in named_only if first is None or line.span < first.span),
            key=lambda line: len(line.words),
            default=first,
        )
    return first.span if first is not None else None


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _body_begin(text: str, lines: Sequence[Line], first: int, dateline: Dateline | None, start: int) -> int:
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
    for found in LINE.finditer(text, at + 1 if at >= 0 else end):
        length = len(found.group().split())
        if length <= 40 and hard.match(found.group()):
            end = found.start()
            break
        if length > 15 and SENTENCE_END.search(found.group()):
            pending = -1
        elif pending < 0 and soft.match(found.group()):
            pending = found.start()
    end = pending if 0 <= pending < end else end
    return begin + len(text[begin:end].rstrip())


def _issued(
    document: Document,
    head: Sequence[tuple[Line, Kind]],
    title: Span | None,
    dateline: Dateline | None,
    body: Span,
    intro: Span | None,
) -> tuple[str, Span | None]:
    """Return the date of issue and where it stands, the first of: container, head, dateline, headline, foot."""
    text = document.text
    above = [_dated(text, Span(0, _front_matter_end(text)))]
    above += [
        _dated(text, line.span)
        for line, _ in head
        if not re.match(r"last (?:updated|modified)", line.text, re.IGNORECASE)
    ]
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


def _introduction(text: str, lines: Sequence[Line]) -> Span | None:
    """Return the paragraph that introduces a speech: one before the salutation, saying where and when it was given."""
    if len(lines) < 2 or not any(SALUTATION.match(line.text) for line in lines[1:]):
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
    lines = [Span(m.start(), m.end()) for m in LINE.finditer(text, start)]
    for span in reversed(lines[-_FOOT:]):
        line = span.of(text)
        if len(line) > 90 or re.search(r"updated|modified|©|copyright", line, re.IGNORECASE):
            continue
        if is_date(line_of(text, span)) or re.match(r"\[?(?:ISSUED|DATED|Issued|Dated)\b", line):
            found = _dated(text, span)
            if found is not None:
                return found
    return None


@cache
def _stopwords() -> list[tuple[str, frozenset[str]]]:
    return [(row["language"], frozenset(row["words"].split())) for row in lexicon("languages")]


def _language(sample: str) -> str:
    """Tell the language by its commonest small words; English where nothing speaks for another."""
    found = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    counts = [(sum(found[word] for word in small), language) for language, small in _stopwords()]
    best = max(counts, key=lambda c: c[0], default=(0, "en"))
    return best[1] if best[0] > counts[0][0] else "en"
