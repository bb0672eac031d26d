"""The lines above a running text, each with its kind: date, label, credit, letterhead, byline, headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile
from typing import Literal

from communique.extract.grammar.phrase_table import word_set
from communique.extract.head.dateline import find_dateline, is_medium
from communique.extract.temporal.dates import DateExpression, find_dates
from communique.model import Span
from communique.resources import lexicon, words

Kind = Literal["date", "label", "credit", "letterhead", "byline", "prose", "title"]
HEAD = 6000  # code points that a head may take
_LINES = 30
_RUN_IN, _RUN_IN_REACH = 60, 60
"""A first line of more words than this, with a label in so many code points, holds head and text in one."""
_PERSON_OFFICE = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,4}[A-Z][\w.'’-]*,\s")
LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"[^\n]+(?:\n(?![ \t\u00a0]*\n)[^\n]+)*")
_MARKUP = re.compile(r"[\s#>*_=~•\u00a0-]*")
_RULE = re.compile(r"[\s=_*~#.–—-]*$")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SPACED = re.compile(r"(?<=\b[A-Z])\s(?=[A-Z]\b)")  # N E W S: letters set apart
SENTENCE_END = re.compile(r"[.!?:…][\"”’»')\]]*\s*$")
_INNER_END = re.compile(r"[a-z)\d”\"][.!?]\s+[A-Z“\"]")
SALUTATION = re.compile(
    r"(?:Dear|Excellenc|Thank you|Mr\.? President|Madame?|Mr\.? Speaker|Mr\.? Chair|Distinguished|Ladies and|Your )",
    re.IGNORECASE,
)
_URL = re.compile(r"\S*(?:https?:|www\.|//|@)\S*")
_BYLINE = re.compile(r"(?:By|BY|by)\s(?!the\b)(?=[A-Z])")
CREDIT = re.compile(
    r"(?:©|\(c\)|Copyright\b)\s*:?\s*(?P<name>[^|,.;\n©]{2,80}?)\s*(?:(?:19|20)\d\d\b.*)?(?=[|,.;\n]|$)", re.IGNORECASE
)
RELEASE = re.compile(
    r"(?:joint\s)?(?:media|press|news)\s?(?:release|statement|advisory|communiqu[eé])s?\b", re.IGNORECASE
)
_LOWER_HEAD = re.compile(r"\s*[a-zà-ÿ]")
PARTICLES = word_set("headline_particles")
_STATEMENT = word_set("statement_genres")
_NOISE = re.compile(r"[^\W\d_][¡¿|<>{}\\=~^§¬]|[¡¿|{}\\=~^§¬][^\W\d_]|(?:(?<!\S)[A-Z](?!\S)\W*){3}\.")
_NOISY_WORDS = 14
_TITLE_CASE = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w’'-]*|of|to|the|and|for|in|on|by|with|a|an|from|at)\s+){4,16}[A-ZÀ-Þ][\w’'-]*(?=\s+(?:The|A|An|In|On)\s)"
)
_BLACK = re.compile(r"\S+")
_SENTENCE_CASE = re.compile(
    r"(?:\s+\S+){3,24}?\s+[a-z][\w’'-]*(?=\s+(?:The|A|An|In|On|At|Today|This|For|After|Following|As)\s)"
)
_BESIDE_DATE = word_set("beside_date")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its markup and margins; lines of a heading that runs on are one."""

    span: Span
    text: str
    words: tuple[str, ...]
    gap: bool = True  # a blank line stands before it


def top_lines(text: str, start: int) -> list[Line]:
    """Return the first lines of the text, markup stripped; a heading or paragraph that runs over lines is one."""
    out: list[Line] = []
    for block in _BLOCK.finditer(text, start, min(len(text), start + HEAD)):
        spans = [_stripped(m) for m in LINE.finditer(text, block.start(), block.end()) if not _RULE.match(m.group())]
        if _is_wrapped(spans):
            spans = [Span(spans[0].begin, spans[-1].end)]
        joined: list[Span] = []
        for span in spans:
            if joined and _runs_on(joined[-1].of(text), span.of(text)):
                joined[-1] = Span(joined[-1].begin, span.end)
            else:
                joined.append(span)
        out.extend(line_of(text, span, number == 0) for number, span in enumerate(joined))
        if len(out) >= _LINES:
            break
    return out


def parted(text: str, lines: list[Line], title: str) -> list[Line]:
    """Part a first line that the title and what follows it share (pages laid out with tables)."""
    if not title or not lines or not lines[0].text.startswith(title) or len(lines[0].text) < len(title) + 8:
        return lines
    begin, end = lines[0].span.begin, lines[0].span.end
    cut = begin + len(title)
    rest = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    return [line_of(text, Span(begin, cut)), line_of(text, Span(rest, end)), *lines[1:]]


def unfolded(text: str, lines: list[Line]) -> list[Line]:
    """Part a first line that holds a whole release (text taken from a page without its line breaks).

    Label, body and date come first; the headline behind the date ends where its capitals end, or where a sentence
    begins with a small word in a capital ("... in the valley The council has today ...").
    """
    if len(lines) > 1 and RELEASE.match(lines[0].text) and len(lines[0].words) < len(lines[1].words) > _RUN_IN // 2:
        return [lines[0], *_title_case(text, lines[1]), *lines[2:]]
    if not lines or len(lines[0].words) <= _RUN_IN:
        return lines
    begin, end = lines[0].span.begin, lines[0].span.end
    label = RELEASE.search(text, begin, begin + _RUN_IN_REACH)
    dates = [d for d in find_dates(text, begin, min(end, begin + 2 * _RUN_IN_REACH)) if d.first.day]
    if (
        label is None
        or not dates
        or dates[0].span.begin < label.end()
        or _INNER_END.search(text, begin, dates[0].span.begin)
    ):
        return lines
    cuts = [begin, dates[0].span.begin, dates[0].span.end]
    cuts += _headline_end(text, cuts[-1], end)
    spans = [_bare(text, a, b) for a, b in pairwise([*cuts, end])]
    return [*(line_of(text, span) for span in spans if len(span)), *lines[1:]]


def _title_case(text: str, line: Line) -> list[Line]:
    """Part a line below a label at the end of a headline in title case ("Board Answers Critics The board has ...")."""
    found = _TITLE_CASE.match(text, line.span.begin, line.span.end)
    if found is None:
        return [line]
    spans = _bare(text, line.span.begin, found.end()), _bare(text, found.end(), line.span.end)
    return [line_of(text, span) for span in spans]


def _headline_end(text: str, begin: int, end: int) -> list[int]:
    """Return where a headline in capitals, or one that a sentence follows, ends; nothing where none can be told."""
    shouted = list(takewhile(lambda w: w.group() == w.group().upper(), _BLACK.finditer(text, begin, end)))
    while shouted and len(shouted[-1].group()) < 3:  # "A", "IN": the first word of the text
        shouted.pop()
    if len(shouted) > 2:
        return [shouted[-1].end()]
    found = _SENTENCE_CASE.match(text, begin, end)
    return [found.end()] if found else []


def _bare(text: str, begin: int, end: int) -> Span:
    """Return a span without the blanks at its ends."""
    begin += len(text[begin:end]) - len(text[begin:end].lstrip())
    return Span(begin, max(begin, begin + len(text[begin:end].rstrip())))


def _stripped(line: re.Match[str]) -> Span:
    """Return the span of a line without margins, heading marks and emphasis."""
    margin = _MARKUP.match(line.group())
    return Span(line.start() + (margin.end() if margin else 0), line.start() + len(line.group().rstrip(" \t\u00a0#*_")))


def _is_wrapped(spans: Sequence[Span]) -> bool:
    """Return whether lines are a paragraph with fixed line breaks: three or more, alike in length but for the last."""
    longest = max((len(s) for s in spans), default=0)
    return len(spans) > 2 and 50 <= longest <= 100 and all(len(s) > 0.7 * longest for s in spans[:-1])


def line_of(text: str, span: Span, gap: bool = True) -> Line:
    """Return the line at a span; ``gap`` says that a blank line stands before it."""
    line = span.of(text)
    return Line(span, line, tuple(_WORD.findall(_SPACED.sub("", line[:1500]))), gap)


def _runs_on(line: str, following: str) -> bool:
    """Return whether a line of a paragraph goes on in the next one."""
    if SENTENCE_END.search(line) or RELEASE.match(line) or RELEASE.match(following):
        return False
    if _LOWER_HEAD.match(following) or line.rstrip().endswith((",", "-")):
        return True
    return (
        line.isupper()
        and following.isupper()
        and len(line.split()) > 3
        and not find_dates(line)
        and not find_dates(following)
    )


def classify(lines: Sequence[Line], text: str) -> tuple[list[Kind], int]:
    """Return the kinds of the lines above the running text and the index of the line where that begins."""
    kinds: list[Kind] = []
    first = len(lines)
    for number, line in enumerate(lines):
        kind = _kind(text, line, titled="title" in kinds)
        if kind == "prose" or (kind in {"title", "letterhead"} and "title" in kinds and SALUTATION.match(line.text)):
            first = number
            break
        kinds.append(kind)
    # the first lines of a paragraph with fixed line breaks are no headings: go back to where it begins
    while (
        0 < first < len(lines)
        and not lines[first].gap
        and kinds[first - 1] == "title"
        and len(lines[first - 1].words) > 5
    ):
        if "title" not in kinds[: first - 1]:
            break
        first -= 1
    return kinds[:first], first


def _kind(text: str, line: Line, titled: bool) -> Kind:
    if _is_prose(text, line, 25 if titled else 40):
        return "prose"
    if CREDIT.match(line.text):
        return "credit"
    if is_date(line):
        return "date"
    if _NOISE.search(line.text) and len(line.words) <= _NOISY_WORDS:
        return "label"  # a letterhead in ornate type, misread
    if _is_label(line):
        return "label"
    if _BYLINE.match(line.text) and len(line.words) <= 10:
        return "byline"
    return _letterhead(line) or "title"


def _is_prose(text: str, line: Line, longest: int) -> bool:
    """Return whether a line is running text: a sentence or several, or a paragraph behind a dateline.

    ``longest`` is how many words a heading in small letters may have.
    """
    count = len(line.words)
    if count < 10 or (count < 40 and line.text.isupper() and not SENTENCE_END.search(line.text)):
        return False
    if count > 60 or (count > 14 and _INNER_END.search(line.text)):
        return True
    if (
        len(line.words[-1]) > 1
        and line.words[-1].lower() in PARTICLES
        and line.text[-1].isalpha()
        and capitals(line) < 0.5
    ):
        return True  # a line of running text that goes on behind a blank line
    ends = SENTENCE_END.search(line.text) is not None
    if ends and _label_of(line.text) is None:
        return True
    return (count > longest and capitals(line) < 0.45) or (
        count > 15 and find_dateline(text, line.span.begin, line.span.end) is not None
    )


def capitals(line: Line) -> float:
    """Return the share of a line's words that begin with a capital."""
    return sum(w[0].isupper() for w in line.words) / max(1, len(line.words))


def is_date(line: Line) -> bool:
    """Return whether a line is a date with at most a place, a time and a file number beside it."""
    dates = [d for d in find_dates(line.text) if d.first.day]
    if dates and re.match(r"[A-Z][\w' ]{2,24}:\s", line.text) and len(line.words) <= 10:
        return True
    if not dates:
        return not line.words or (not _WORD.search(_URL.sub("", line.text)) and len(line.text) < 80)
    left = _URL.sub("", _without(line.text, dates))
    rest = [w for w in _WORD.findall(left) if w.lower() not in _BESIDE_DATE]
    return (
        len(rest) <= 4
        and not _is_about(_WORD.findall(left))
        and all(w[0].isupper() or w.lower() in PARTICLES for w in rest)
        and not any(w.lower() in _office_words()[1] for w in rest)
    )


def _is_about(rest: Sequence[str]) -> bool:
    """Return whether the words beside a date are the headline of a statement ("Statement on Varenia, 5 May 2021")."""
    statement = any(w.lower() in _STATEMENT for w in rest)
    return statement and any(w.lower() in PARTICLES for w in rest[:-1]) and rest[-1][0].isupper()


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
    return re.compile(rf"(?:(?:{several})\b|(?:{single})\s?[:.|>])", re.IGNORECASE), frozenset(
        r["phrase"] for r in rows if r["whole"]
    )


def _label_of(line: str) -> str | None:
    """Return the label that a line opens with or consists of."""
    pattern, whole = _labels()
    bare = line.strip(" \t-–—:[]()*.|\u00a0")
    if bare.lower() in whole:
        return bare
    found = pattern.match(bare)
    return found.group() if found else None


def _is_label(line: Line) -> bool:
    if _label_of(line.text) is not None:
        return len(line.words) <= 24
    if len(line.words) == 1 or (_URL.search(line.text) and len(line.words) <= 10):
        return True
    if re.fullmatch(r"[(\[].*[)\]]", line.text) and len(line.words) <= 12:
        return True
    return len(line.words) <= 12 and RELEASE.search(" ".join(line.words)) is not None and capitals(line) > 0.6


def _letterhead(line: Line) -> Kind | None:
    """Return ``letterhead`` or ``byline`` for the name of an office, body or person with an office, else ``None``."""
    lower = [w.lower() for w in line.words]
    if not lower or len(lower) > 34 or _names_statement(lower):
        return None
    if len(lower) > 8 and SENTENCE_END.search(line.text):
        return None
    if any(w in words("headline_verbs") and w not in PARTICLES for w in lower):
        return None
    weak, strong = _office_words()
    if not all(w[0].isupper() or w.lower() in PARTICLES or w.lower() in strong for w in line.words):
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
