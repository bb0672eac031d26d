"""Time expressions: dates, months, years, ranges and words like ``yesterday``, fixed by the date of issue.

A value is only as precise as the words: ``in September 2020`` is a month, never its first day. What neither the text
nor the date of issue fixes (``in recent days``, ``in spring``) is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import zip_longest

from communique.extract.temporal.dates import (
    DateExpression,
    PartialDate,
    alternatives,
    ambiguous_month,
    find_dates,
    from_iso,
    weekday_pattern,
    weekdays,
)
from communique.extract.text import Sentence, Text, Token
from communique.model import Span, TimeRef
from communique.resources import lexicon, words

_AHEAD = 45  # days: a date without a year that comes so soon after the issue is ahead, not eleven months ago
_YEAR = re.compile(r"(?<![\d.,:/$€£#-])(?<!\d–)(?P<year>(?:1[89]|20)\d\d)(?![\d%/]|[.,:]\d|s\b|-year)")
_YEAR_CUE = re.compile(
    r"\b(?:in|since|during|until|till|before|after|between|throughout|back in|as of|year|early|late|mid|for|of|by|from"
    r"|to|and|through|the|its|their|his|her|our|this)[ \n-]$|['’]s $|[–—-]$",
    re.IGNORECASE,
)
_FIRM_CUE = re.compile(
    r"\b(?:in|since|during|until|till|early|late|mid|year|throughout|back in|as of)[ \n-]$", re.IGNORECASE
)
_LOOSE_CUE = re.compile(r"(?:\b(?:the|its|their|his|her|our|this) |['’]s )$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?P<link>-|–|—|to|until|till|through|up to|and)\s*", re.IGNORECASE)
_OPENS_RANGE = re.compile(r"\b(?:from|between)\s*$", re.IGNORECASE)
_MONTH_CUE = re.compile(
    r"\b(?:in|since|until|till|by|last|this|next|during|of|early|late|mid|from|between|through|before|after|for)"
    r"[ \n-]$",
    re.IGNORECASE,
)
_NOUN_MONTH = re.compile(r"\b(?:the|a|an|upcoming|previous|its|their|our|'s|’s)\s$", re.IGNORECASE)
_COUNT = r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_AGO = re.compile(rf"\b(?P<number>{_COUNT})\s(?P<unit>day|week|month|year)s?\sago\b", re.IGNORECASE)
_AGO_SAID = re.compile(r"ago\b|AGO\b")
_PAST = re.compile(
    r"\b(?:in|over|during|within|for)\s(?:the\s)?(?:last|past|previous)\s"
    rf"(?:(?P<number>{_COUNT})\s)?(?P<unit>hour|day|week|month|year)s?\b(?!\s(?:ago|of|in|to)\b)",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:ever\s)?since\s(?:early\s|late\s|mid-?\s?)?$", re.IGNORECASE)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_DAYS = {"hour": 1, "day": 1, "week": 7, "month": 31, "year": 366}
_FARTHEST = 150 * 366  # days: beyond that a count is of another kind ("300 years ago")
_MEMORY = 600  # characters from a day named to "the next day"
_FUNCTION_WORD = re.compile(
    r"[ \n](?:and|to|or|in|on|by|at|for|of|the|as|when|that|which|until|through|with|is|was|has|had|while|but|after"
    r"|before|from|it|he|we|they|a|an)\b"
)
_WILL = re.compile(r"\bwill\b", re.IGNORECASE)
_PARTING = frozenset([*';:"“”«»', "—", "--"])
_PREPOSITIONS = frozenset(
    {"on", "in", "at", "since", "over", "during", "by", "from", "until", "between", "late", "early", "earlier", "as"}
)
_ACCOMPANYING = frozenset({"on", "in", "at", "during", "simultaneously", "throughout", "amid"})
_LEAD = 250  # characters before a date in which its sentence may say that it looks ahead
_REACH = 4  # tokens that a time expression inside a sentence reaches forward ("on July 3 overturned")
_AHEAD_TIMES = 4  # expressions behind a trigger that are weighed: of these the nearest wins anyway
_SET_APART_REACH = 30  # tokens that one behind which a comma stands reaches forward, to the main verb
_OPENING_REACH = 14  # tokens that an adjunct opening the sentence reaches forward


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A time expression with its value not yet fixed: ``resolved`` is ISO where it already is.

    One that is ``vague`` is never fixed ("in recent days"); one that is ``narrated`` lies ``shift`` days behind the day
    that the text named last ("the next day").
    """

    span: Span
    first: PartialDate
    last: PartialDate | None = None
    resolved: str = ""
    confidence: float = 0.9
    vague: bool = False
    narrated: bool = False
    shift: int = 0


def find_times(text: Text, anchor: str, within: Span) -> list[TimeRef]:
    """Return the time expressions in a part of the text, in order, without overlaps, each with an ISO value.

    ``anchor`` is the ISO date of issue (or date-time; ``""`` where unknown). A date without a year is the nearest one
    before the issue, or after it where the sentence looks ahead (``will``, ``upcoming``); a weekday is the most recent
    one, the day of issue included. ``since`` opens an interval that the issue closes.
    """
    return [time for time in time_expressions(text, anchor, within) if time.value]


def time_expressions(text: Text, anchor: str, within: Span) -> list[TimeRef]:
    """Return what :func:`find_times` does, and expressions that nothing fixes, these with the value ``""``.

    An expression without a value still dates the clause in which it stands, so that no other date is taken for it.
    """
    issued = from_iso(anchor)
    out: list[TimeRef] = []
    for candidate in _combined(text.string, _apart(_candidates(text, issued, within))):
        value = _narrated(candidate, out) if candidate.narrated else candidate.resolved
        if not value and not candidate.vague:
            value = _fixed(text, candidate, issued)
        span, value = _opened(text.string, candidate.span, value, issued)
        out.append(TimeRef(span, value, text.evidence(span), candidate.confidence))
    return out


def _opened(string: str, span: Span, value: str, issued: PartialDate) -> tuple[Span, str]:
    """Return an expression with the "since" before it: the interval up to the issue, ``""`` if that is unknown."""
    before = _SINCE.search(string, max(0, span.begin - 12), span.begin)
    if before is None or not value:
        return span, value
    begin = from_iso(value.partition("--")[0]).first_day
    now = _as_day(issued)
    value = f"{begin}--{now}" if now is not None and begin < now.isoformat() else ""
    return Span(before.start(), span.end), value


def _narrated(candidate: _Candidate, earlier: Sequence[TimeRef]) -> str:
    """Return the day that words such as "the next day" mean: counted from the day last named, not far before them."""
    last = next((t for t in reversed(earlier) if t.value), None)
    if last is None or len(last.value) != 10 or candidate.span.begin - last.span.end > _MEMORY:
        return ""
    return (date.fromisoformat(last.value) + timedelta(days=candidate.shift)).isoformat()


def attach_time(times: Sequence[TimeRef], trigger: Span, sentence: Sentence) -> TimeRef | None:
    """Return the time expression that the clause of a trigger carries, else ``None``.

    ``times`` is sorted. Among the expressions of the sentence the nearest one in the trigger's clause wins, one behind
    the trigger before one in front: what precedes a trigger belongs to it only when it stands right there ("on July 3
    overturned") or opens the sentence. Clauses keep their times to themselves.
    """
    low = bisect_left(times, sentence.span.begin, key=_begin)
    inside = times[low : bisect_left(times, sentence.span.end, lo=low, key=_begin)]
    middle = bisect_left(inside, trigger.begin, key=_begin)
    near = inside[max(0, middle - _OPENING_REACH) : middle + _AHEAD_TIMES]
    scored = [(cost, t.span.begin, t) for t in near if (cost := _cost(t, trigger, sentence)) is not None]
    nearest = min(scored, key=lambda s: s[:2])[2] if scored else None
    return nearest if nearest is not None and nearest.value else None


def _begin(time: TimeRef) -> int:
    return time.span.begin


def _token_begin(token: Token) -> int:
    return token.begin


def _token_end(token: Token) -> int:
    return token.end


def _candidates(text: Text, issued: PartialDate, within: Span) -> Iterator[_Candidate]:
    string, end = text.string, within.end
    for expression in find_dates(string, within.begin, end):
        if not expression.alone:
            yield _Candidate(expression.span, expression.first, expression.last)
        elif _stands_alone(text, expression):
            yield _Candidate(expression.span, expression.first, confidence=0.8)
    yield from _years(string, within)
    day = _as_day(issued)
    yield from _relative(string, within, day)
    yield from _weekday_names(text, within, day)


def _apart(candidates: Iterator[_Candidate]) -> list[_Candidate]:
    """Sort and drop what overlaps an earlier or longer expression."""
    out: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.span.begin, -c.span.end)):
        if not out or out[-1].span.end <= candidate.span.begin:
            out.append(candidate)
    return out


def _stands_alone(text: Text, month: DateExpression) -> bool:
    """Return whether a month's name without day and year is a date here, not a verb, a modal or somebody's name."""
    before = text.string[max(0, month.span.begin - 16) : month.span.begin]
    if _MONTH_CUE.search(before):
        return True
    lower_next = re.match(r"\s[a-z]", text.string[month.span.end : month.span.end + 2])
    if _NOUN_MONTH.search(before):
        return lower_next is not None
    return not ambiguous_month(text.of(month.span)) and not text.mostly_upper


def _years(string: str, within: Span) -> Iterator[_Candidate]:
    for found in _YEAR.finditer(string, within.begin, within.end):
        before = string[max(0, found.start() - 12) : found.start()]
        if not _YEAR_CUE.search(before):
            continue
        follow = string[found.end() : found.end() + 24]
        loose = _LOOSE_CUE.search(before) is not None
        if loose and not re.match(r" (?:[a-z]|U\.?S|UN\b)", follow):
            continue  # "the 2030 Agenda": part of a name
        counts = re.match(r"[ \n][a-z]", follow) is not None and not _FUNCTION_WORD.match(follow)
        if counts and not loose and not _FIRM_CUE.search(before):
            continue  # "to 2000 people": a number
        yield _Candidate(
            Span(found.start(), found.end()), PartialDate(int(found["year"])), confidence=0.6 if loose else 0.8
        )


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    rows = lexicon("relative_times")
    spelled = alternatives(r["phrase"] for r in rows)
    return re.compile(rf"\b(?=\w){spelled}\b", re.IGNORECASE), {r["phrase"]: (r["unit"], int(r["shift"])) for r in rows}


def _relative(string: str, within: Span, issued: date | None) -> Iterator[_Candidate]:
    pattern, table = _phrases()
    for found in pattern.finditer(string, within.begin, within.end):
        unit, shift = table[" ".join(found.group().lower().split())]
        span = Span(found.start(), found.end())
        if unit == "told":
            yield _Candidate(span, PartialDate(), narrated=True, vague=True, shift=shift, confidence=0.6)
        else:
            value = _shifted(issued, unit, shift) if issued and unit != "vague" else ""
            yield _Candidate(span, PartialDate(), resolved=value, vague=True)
    if _AGO_SAID.search(string, within.begin, within.end):
        for found in _AGO.finditer(string, within.begin, within.end):
            yield _counted(found, issued, _ago)
    for found in _PAST.finditer(string, within.begin, within.end):
        yield _counted(found, issued, _back_from)


def _counted(found: re.Match[str], issued: date | None, value: Callable[[date, str, int], str]) -> _Candidate:
    """Build an expression that counts units back from the issue; far ones are left open."""
    said = (found["number"] or "one").lower()
    number = int(said) if said.isdigit() else _NUMBERS[said]
    near = issued is not None and number * _DAYS[found["unit"].lower()] < _FARTHEST
    resolved = value(issued, found["unit"].lower(), number) if issued is not None and near else ""
    return _Candidate(Span(found.start(), found.end()), PartialDate(), resolved=resolved, confidence=0.7, vague=True)


def _ago(issued: date, unit: str, number: int) -> str:
    return _shifted(issued, unit, -number)


def _back_from(issued: date, unit: str, number: int) -> str:
    """Return the interval of some units that the issue closes ("over the past three weeks")."""
    if unit in {"month", "year"}:
        months = issued.year * 12 + issued.month - 1 - number * (12 if unit == "year" else 1)
        year, month = months // 12, months % 12 + 1
        begin = date(year, month, min(issued.day, monthrange(year, month)[1]))
    else:
        begin = issued - timedelta(days=number * _DAYS[unit]) if unit != "hour" else issued - timedelta(hours=number)
    return f"{begin.isoformat()}--{issued.isoformat()}"


def _shifted(issued: date, unit: str, shift: int) -> str:
    """Return the day, week (Monday to Sunday), weekend, month or year that lies ``shift`` of them from the issue."""
    if unit == "day":
        return (issued + timedelta(days=shift)).isoformat()
    if unit in {"week", "weekend"}:
        monday = issued - timedelta(days=issued.weekday()) + timedelta(weeks=shift)
        return f"{monday + timedelta(days=5 if unit == 'weekend' else 0)}--{monday + timedelta(days=6)}"
    if unit == "month":
        months = issued.year * 12 + issued.month - 1 + shift
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return f"{issued.year + shift:04d}"


@cache
def _weekday_expression() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<which>last|next|this|past|Last|Next|This|LAST|NEXT|THIS)\s)?(?P<day>{weekday_pattern()})\b(?!['’]s\s[A-Z]|\s[A-Z][a-z])"
    )


def _weekday_names(text: Text, within: Span, issued: date | None) -> Iterator[_Candidate]:
    for found in _weekday_expression().finditer(text.string, within.begin, within.end):
        span = Span(found.start(), found.end())
        value = _weekday(text, span, found, issued).isoformat() if issued is not None else ""
        yield _Candidate(span, PartialDate(), resolved=value, confidence=0.8, vague=True)


def _weekday(text: Text, span: Span, found: re.Match[str], issued: date) -> date:
    which = (found["which"] or "").lower()
    back = (issued.isoweekday() - _weekday_number(found["day"])) % 7
    if which == "next" or (which != "last" and _looks_ahead(text, span)):
        return issued + timedelta(days=7 - back if back or which == "next" else 0)
    return issued - timedelta(days=back or (7 if which in {"last", "past"} else 0))


@cache
def _weekday_number(word: str) -> int:
    """Return the number of a weekday (Monday is 1)."""
    return weekdays()[word.lower()]


def _combined(string: str, found: list[_Candidate]) -> list[_Candidate]:
    """Join ``from X to Y``, ``between X and Y`` and ``X - Y`` into intervals; drop the joined halves."""
    out: list[_Candidate] = []
    for candidate in found:
        last = out[-1] if out else None
        if last is not None and (year := _of_year(string, last, candidate)):
            out[-1] = replace(
                last, span=Span(last.span.begin, candidate.span.end), first=replace(last.first, year=year)
            )
        elif last is not None and _joined(string, last, candidate):
            out[-1] = _Candidate(
                Span(last.span.begin, candidate.span.end), last.first, candidate.first, confidence=0.85
            )
        else:
            out.append(candidate)
    return out


def _of_year(string: str, date_said: _Candidate, year: _Candidate) -> int:
    """Return the year of a month or day with "this year" behind it, else 0."""
    said = date_said.first.month and not date_said.first.year and not date_said.last and not date_said.resolved
    between = string[date_said.span.end : year.span.begin]
    return int(year.resolved) if said and len(year.resolved) == 4 and between.strip() in {"", "of"} else 0


def _joined(string: str, left: _Candidate, right: _Candidate) -> bool:
    if (
        left.resolved
        or right.resolved
        or left.vague
        or right.vague
        or left.last
        or right.last
        or right.span.begin - left.span.end > 12
    ):
        return False
    link = _RANGE.fullmatch(string, left.span.end, right.span.begin)
    if (
        link is None
        or bool(left.first.month) != bool(right.first.month)
        or bool(left.first.day) != bool(right.first.day)
    ):
        return False
    opened = _OPENS_RANGE.search(string[max(0, left.span.begin - 12) : left.span.begin])
    return opened is not None or link["link"].lower() in {"-", "–", "—", "through", "until", "till"}


def _fixed(text: Text, candidate: _Candidate, issued: PartialDate) -> str:
    """Return the ISO value, the missing year supplied; ``""`` where it cannot be known or makes no sense."""
    first, last = candidate.first, candidate.last
    if not first.year:
        ahead = issued.year > 0 and _looks_ahead(text, candidate.span)
        anchor = last if last is not None and last.year else first
        year = anchor.year or _year_for(anchor, issued, ahead)
        if not year:
            return ""
        first = replace(first, year=year)
        last = replace(last, year=last.year or year) if last is not None else None
    if last is None:
        return first.iso if first.valid else ""
    if first.first_day > last.last_day and not candidate.first.year:
        first = replace(first, year=first.year - 1)
    if not (first.valid and last.valid) or first.first_day > last.last_day:
        return ""
    return f"{first.first_day}--{last.last_day}"


def _year_for(said: PartialDate, issued: PartialDate, ahead: bool) -> int:
    """Choose the year of a date that does not say it, 0 where the date of issue is unknown."""
    if not issued.year or not issued.month:
        return issued.year
    if not said.day or not issued.day:
        later = said.month > issued.month
        return issued.year - (later and not ahead) + (ahead and said.month < issued.month)
    years = [y for y in (issued.year - 1, issued.year, issued.year + 1) if replace(said, year=y).valid]
    now = date.fromisoformat(issued.first_day).toordinal()
    away = {y: date(y, said.month, said.day).toordinal() - now for y in years}
    if ahead:
        return min((y for y in years if away[y] >= 0), default=issued.year)
    return max((y for y in years if away[y] <= _AHEAD), default=issued.year)


@cache
def _future() -> re.Pattern[str]:
    rows = sorted(lexicon("future_cues"), key=lambda row: (-len(row["word"]), row["word"]))
    spelled = "|".join(re.escape(row["word"]) + (r"\s$" if row["near"] == "yes" else r"\b") for row in rows)
    return re.compile(rf"\b(?:{spelled})", re.IGNORECASE)


def _looks_ahead(text: Text, span: Span) -> bool:
    """Return whether the words around an expression, in its sentence, speak of what is to come."""
    sentence = text.sentence_at(span.begin)
    start = max(sentence.span.begin if sentence else 0, span.begin - _LEAD)
    stop = min(sentence.span.end if sentence else len(text.string), span.end + 40)
    before, after = text.string[start : span.begin], text.string[span.end : stop]
    return _future().search(before) is not None or _WILL.search(after) is not None


def _as_day(issued: PartialDate) -> date | None:
    return date(issued.year, issued.month, issued.day) if issued.day and issued.valid else None


def _cost(time: TimeRef, trigger: Span, sentence: Sentence) -> float | None:
    """Return how far a time expression is from a trigger, in tokens; ``None`` where they belong to two clauses."""
    after = time.span.begin >= trigger.end
    left, right = (trigger.end, time.span.begin) if after else (time.span.end, trigger.begin)
    first = bisect_left(sentence.tokens, left, key=_token_begin)
    between = sentence.tokens[first : max(first, bisect_right(sentence.tokens, right, key=_token_end))]
    if any(t.text in _PARTING for t in between):
        return None
    clause_openers = words("clause_openers")
    pairs = zip_longest(between, between[1:])
    openers = sum(t.lower in clause_openers and not _as_something(t, following) for t, following in pairs)
    if after:
        # "since 3 May": the preposition that opens the expression is no conjunction
        return float(len(between)) if not openers or (openers == 1 and between[-1].lower in clause_openers) else None
    if _opens(time, sentence):
        set_apart = bool(between) and between[0].text == "," and sum(t.text == "," for t in between) == 1
        reach = _SET_APART_REACH if set_apart else _OPENING_REACH
        return len(between) + 5.0 if not openers and len(between) <= reach else None
    parted = len(between) > _REACH or any(t.lower in {"and", "or", "to", ","} for t in between)
    return None if openers or parted else len(between) * 1.4


def _as_something(token: Token, following: Token | None) -> bool:
    """Return whether "as" opens a phrase and no clause ("founded as an agency in 1949")."""
    return token.lower == "as" and following is not None and following.lower in {"a", "an"}


def _opens(time: TimeRef, sentence: Sentence) -> bool:
    """Return whether a time expression opens its sentence: alone, behind a preposition, or ending such an adverbial.

    "At the meeting in Selm on 3 May, the army ..." does; what comes "after" or "following" a date is not of that date.
    """
    before = bisect_right(sentence.tokens, time.span.begin, key=_token_end)
    opener = sentence.tokens[0].lower
    if not before or (before <= 2 and opener in _PREPOSITIONS):
        return True
    after = bisect_left(sentence.tokens, time.span.end, key=_token_begin)
    closed = after < len(sentence.tokens) and sentence.tokens[after].text == ","
    inside = sentence.tokens[:before]
    lone = all(t.text != "," and t.lower not in words("clause_openers") for t in inside[1:])
    return closed and lone and before <= _OPENING_REACH and opener in _ACCOMPANYING
