"""The grammar of written dates: days, months and ranges of days, with what they leave unsaid left unsaid.

Nothing is guessed here: ``on July 3`` is a month and a day without a year. ``times`` and ``header`` supply the rest.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from communique.model import Span
from communique.resources import lexicon

_ORDINAL = r"(?:st|nd|rd|th|ST|ND|RD|TH)?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_GAP = r"[ \t\u00a0]*\n?[ \t\u00a0]*"
_YEAR = r"(?:1[5-9]|20|21)\d{2}(?![\d%]|[.,]\d)"
_DASH = r"(?:-|–|—|to|TO|until|through|and|AND|&)"
_BEFORE = re.compile(
    rf"(?:(?P<between>\b[Bb]etween\s|\bBETWEEN\s)?(?P<first>(?<![\d.,:/$€£]){_DAY}){_ORDINAL}{_GAP}(?P<link>{_DASH}){_GAP})?"
    rf"(?<![\d.,:/$€£])(?P<day>{_DAY}){_ORDINAL}(?:{_GAP}(?:of|OF|day of|de|del|\.))?[ \t\u00a0\n./-]{{0,3}}$"
)
_AFTER_DAY = re.compile(
    rf"\.?{_GAP}(?P<day>{_DAY}){_ORDINAL}"
    r"(?![\d%]|[.,:/]\d|-?(?:year|day|month|member|nation)|\s*(?:percent|per cent|p\.m|a\.m))"
    rf"(?:{_GAP}(?P<link>{_DASH}){_GAP}(?P<last>{_DAY}){_ORDINAL}(?![\d%]|[.,:/]\d)(?!{_GAP}[A-Z]))?(?:{_GAP},?{_GAP}(?P<year>{_YEAR}))?"
)
_AFTER_YEAR = re.compile(rf"\.?,?[ \t\u00a0\n./-]{{0,2}}(?:(?:of|OF|de|del)\s)?(?P<year>{_YEAR})")
_SHORT_YEAR = re.compile(r"\.?[ \t\u00a0/-]?['’]?(?P<year>\d{2})(?=\s*(?:[(),.;:\]–—-]|$))")
_ISO = re.compile(
    r"(?<![\d/.-])(?P<year>(?:1[5-9]|20|21)\d{2})([-/.])(?P<month>0?[1-9]|1[0-2])\2(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/-])"
)
_DIGITS = re.compile(r"\d[-./]\d")
_NUMERIC = re.compile(rf"(?<![\d/.-])(?P<a>\d{{1,2}})([./])(?P<b>\d{{1,2}})\2(?P<year>{_YEAR})(?![/-])")
_WEEKDAY_BEFORE = r"(?:%s)(?:\s(?:morning|afternoon|evening|night))?[.,]?\s*(?:the\s)?$"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, month and day, each 0 where the text does not say it."""

    year: int = 0
    month: int = 0
    day: int = 0

    @property
    def valid(self) -> bool:
        """Whether such a day exists (29 February counts where no year is given)."""
        if not 0 <= self.month <= 12 or not 0 <= self.year <= 2199:
            return False
        return self.day <= monthrange(self.year or 2000, self.month)[1] if self.month else not self.day

    @property
    def iso(self) -> str:
        """ISO 8601 as precise as the date: ``2021``, ``2021-05`` or ``2021-05-27``; ``""`` without a year."""
        if not self.year:
            return ""
        parts = [f"{self.year:04d}", f"{self.month:02d}" if self.month else "", f"{self.day:02d}" if self.day else ""]
        return "-".join(part for part in parts if part)

    @property
    def first_day(self) -> str:
        """The ISO date of the first day that it covers."""
        return f"{self.year:04d}-{self.month or 1:02d}-{self.day or 1:02d}"

    @property
    def last_day(self) -> str:
        """The ISO date of the last day that it covers."""
        month = self.month or 12
        return f"{self.year:04d}-{month:02d}-{self.day or monthrange(self.year, month)[1]:02d}"


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date in the text; ``last`` is the end of a range, ``alone`` set for a month's name without day and year."""

    span: Span
    first: PartialDate
    last: PartialDate | None = None
    alone: bool = False


def from_iso(value: str) -> PartialDate:
    """Read an ISO year, month, day or date-time; the time is dropped. Not a date: an empty :class:`PartialDate`."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value)
    date = PartialDate(*(int(part or 0) for part in found.groups())) if found else PartialDate()
    return date if date.valid else PartialDate()


def find_dates(string: str, begin: int = 0, end: int | None = None) -> list[DateExpression]:
    """Return the dates written in a part of ``string``, in order, without overlaps.

    Days with a month, months with a year, ISO and numeric dates (day before month, unless only the other order is
    possible), ranges of days (``21-23 May``), and months' names alone. Dates that do not exist are left out.
    """
    stop = len(string) if end is None else end
    found = [*_named(string, begin, stop), *_numeric(string, begin, stop)]
    found = [e for e in found if e.first.valid and (e.last is None or e.last.valid)]
    found.sort(key=lambda e: (e.span.begin, -e.span.end))
    out: list[DateExpression] = []
    for expression in found:
        if not out or out[-1].span.end <= expression.span.begin:
            out.append(expression)
    return out


def month_number(word: str) -> int:
    """Return the number of a month's name (any case), 0 for another word."""
    return _months().get(word.rstrip(".").lower(), (0, False))[0]


def ambiguous_month(word: str) -> bool:
    """Return whether a month's name is as often another word (May, March)."""
    return _months().get(word.rstrip(".").lower(), (0, True))[1]


def weekdays() -> dict[str, int]:
    """Return the weekdays by lower-case name; Monday is 1."""
    return {row["word"].lower(): int(row["number"]) for row in lexicon("calendar") if row["kind"] == "weekday"}


@cache
def weekday_pattern() -> str:
    """Return a pattern of the weekdays as they are written: capitalised or in capitals."""
    return "|".join(f"{day.capitalize()}|{day.upper()}" for day in weekdays())


@cache
def _months() -> dict[str, tuple[int, bool]]:
    rows = [row for row in lexicon("calendar") if row["kind"] == "month"]
    table = {
        row["word"].lower(): (int(row["number"]), row["ambiguous"] == "yes" or row["language"] != "en") for row in rows
    }
    return table | {
        row["word"].lower(): (int(row["number"]), row["ambiguous"] == "yes") for row in rows if row["language"] == "en"
    }


@cache
def _month_pattern() -> tuple[re.Pattern[str], frozenset[str]]:
    """All spellings of months, and those that may stand without a year (English, capitalised or in capitals)."""
    rows = [row for row in lexicon("calendar") if row["kind"] == "month"]
    english = {form for row in rows if row["language"] == "en" for form in (row["word"], row["word"].upper())}
    forms = english | {form for row in rows for form in (row["word"], row["word"].upper(), row["word"].capitalize())}
    return re.compile(rf"{alternatives(forms)}(?![^\W\d_])"), frozenset(english)


def alternatives(phrases: Iterable[str]) -> str:
    """Return a pattern of many words or phrases, the longest first.

    Those with one first letter stand together: most places of a text are then dismissed after a few comparisons.
    """
    groups: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        groups.setdefault(phrase[0], []).append(re.escape(phrase[1:]).replace(r"\ ", r"\s"))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items()) + ")"


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(_WEEKDAY_BEFORE % weekday_pattern())


def _named(string: str, begin: int, end: int) -> Iterator[DateExpression]:
    pattern, free = _month_pattern()
    for found in pattern.finditer(string, begin, end):
        # Asked here and not by the pattern: one that begins with the names skips what cannot begin one.
        if found.start() and ((before := string[found.start() - 1]).isalpha() or before in "-@"):
            continue
        for expression in _around(string, found, begin, end):
            if found.group() in free or (expression.first.day and expression.first.year):
                yield expression


def _around(string: str, month: re.Match[str], begin: int, end: int) -> list[DateExpression]:
    """Read the day before or after a month's name and the year behind it."""
    number = month_number(month.group())
    start = max(begin, month.start() - 40)
    before = _BEFORE.search(string[start : month.start()])
    if before is not None:
        year, stop = _year_after(string, month, end)
        return [_widened(string, begin, e) for e in _days_first(before, start, PartialDate(year, number), stop)]
    after = _AFTER_DAY.match(string, month.end(), end)
    if after is not None:
        return [_widened(string, begin, _month_first(month, after, number))]
    year_after = _AFTER_YEAR.match(string, month.end(), end)
    if year_after is not None:
        return [DateExpression(Span(month.start(), year_after.end()), PartialDate(int(year_after["year"]), number))]
    return [DateExpression(Span(month.start(), month.end()), PartialDate(0, number), alone=True)]


def _days_first(before: re.Match[str], start: int, month: PartialDate, stop: int) -> list[DateExpression]:
    """Build ``27 May``, the range ``21-23 May``, or both dates of ``24 and 25 March``."""
    last = replace(month, day=int(before["day"]))
    own = DateExpression(Span(start + before.start("day"), stop), last)
    if before["first"] is None:
        return [own]
    first = replace(month, day=int(before["first"]))
    if before["link"].lower() not in {"and", "&"} or before["between"] is not None:
        return [DateExpression(Span(start + before.start("first"), stop), first, last)]
    return [DateExpression(Span(start + before.start("first"), start + before.start("link")), first), own]


def _month_first(month: re.Match[str], after: re.Match[str], number: int) -> DateExpression:
    """Build the date of ``May 26, 2021`` or ``May 21-23, 2021``."""
    year = int(after["year"] or 0)
    first = PartialDate(year, number, int(after["day"]))
    if after["last"] is None or after["link"].lower() in {"and", "&"}:
        stop = after.end() if after["last"] is None else after.end("day")
        return DateExpression(Span(month.start(), stop), first)
    return DateExpression(Span(month.start(), after.end()), first, PartialDate(year, number, int(after["last"])))


def _year_after(string: str, month: re.Match[str], end: int) -> tuple[int, int]:
    """Return the year behind a month's name and where it ends; 0 and the end of the name where there is none."""
    long = _AFTER_YEAR.match(string, month.end(), end)
    if long is not None:
        return int(long["year"]), long.end()
    short = _SHORT_YEAR.match(string, month.end(), end)
    if short is not None and (month.group().isupper() or "'" in short.group() or "’" in short.group()):
        year = int(short["year"])
        return (1900 if year > 45 else 2000) + year, short.end()
    dot = string[month.end() : month.end() + 1] == "." and len(month.group()) < 5 and month.group().lower() != "may"
    return 0, month.end() + dot


def _widened(string: str, begin: int, expression: DateExpression) -> DateExpression:
    """Take a weekday in front into the span."""
    start = max(begin, expression.span.begin - 24)
    weekday = _weekday_before().search(string[start : expression.span.begin])
    if weekday is None:
        return expression
    return replace(expression, span=Span(start + weekday.start(), expression.span.end))


def _numeric(string: str, begin: int, end: int) -> Iterator[DateExpression]:
    first = _DIGITS.search(string, begin, end)
    if first is None:
        return
    begin = max(begin, first.start() - 3)  # a year's first three digits may stand before
    for found in _ISO.finditer(string, begin, end):
        yield DateExpression(
            Span(found.start(), found.end()), PartialDate(int(found["year"]), int(found["month"]), int(found["day"]))
        )
    for found in _NUMERIC.finditer(string, begin, end):
        a, b, year = int(found["a"]), int(found["b"]), int(found["year"])
        date = PartialDate(year, b, a) if b <= 12 else PartialDate(year, a, b)
        yield DateExpression(Span(found.start(), found.end()), date)
