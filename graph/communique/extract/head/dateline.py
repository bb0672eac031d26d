"""Datelines: ``BAKU, Azerbaijan, Sept. 21 (APA) —`` and its relatives at the head of the running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from communique.extract.grammar.phrase_table import word_set
from communique.extract.temporal.dates import DateExpression, find_dates
from communique.model import Span
from communique.resources import lexicon, words

_LONGEST = 130
_DELIMITER = re.compile(r"\s*(?:--+|[–—]|(?<=\s)-(?=\s)|(?<=\))\s?-|:)\s*")
_PARENTHESIS = re.compile(r"\(([^()\n]{2,60})\)")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?:\s?[aApP]\.?[mM]\b\.?)?")
_PARTICLES = word_set("place_particles")
_NOWHERE = word_set("no_place")  # where radio monitors cannot tell the place
_SENTENCE = re.compile(r"\s*[\"“‘'«\[(]*[A-ZÀ-Þ\d]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says: how far it reaches, the place, the date and who sends the text."""

    span: Span
    place: Span | None = None
    date: DateExpression | None = None
    publisher: Span | None = None


def find_dateline(string: str, begin: int, end: int) -> Dateline | None:
    """Return the dateline that a paragraph of running text opens with, else ``None``.

    It is what stands before the first dash or colon (or behind an opening bracket), made of names of places, a date and
    a sender, and of nothing else.
    """
    stop = min(end, begin + _LONGEST)
    for delimiter in _DELIMITER.finditer(string, begin, stop):
        if delimiter.start() == begin:
            return None
        dateline = _read(string, begin, delimiter)
        if dateline is not None:
            return _with_second_part(string, dateline, stop)
    return _without_delimiter(string, begin, stop)


def is_medium(name: str) -> bool:
    """Return whether a name is that of a publisher: it is listed, or says so itself ("Radio ...", "... Times")."""
    if _listed(name):
        return True
    return any(word in words("media_words") for word in re.findall(r"[^\W\d_]+", name.lower()))


def publisher_kind(name: str) -> str:
    """Return the kind of a listed publisher (``agency``, ``paper``, ``photo`` ...), ``""`` for another name."""
    return _listed(name)


@cache
def _publishers() -> dict[str, str]:
    return {row["name"].lower(): row["kind"] for row in lexicon("publishers")}


def _listed(name: str) -> str:
    return _publishers().get(" ".join(name.lower().split()), "")


def _read(string: str, begin: int, delimiter: re.Match[str]) -> Dateline | None:
    """Read what stands before a delimiter; ``None`` where it is no dateline."""
    head = Span(begin, delimiter.start())
    dates = [d for d in find_dates(string, head.begin, head.end) if not d.alone and d.first.day]
    sender, closed = _sender(string, head, dates)
    names = _names(string, head, [*(d.span for d in dates), *closed])
    if names is None or not _SENTENCE.match(string, delimiter.end()):
        return None
    if not _convincing(string, names, bool(dates or sender), delimiter.group().strip()):
        return None
    place = names[0] if names else None
    if place is not None and is_medium(string[place.begin : place.end]):
        sender, place = sender or place, None
    if place is not None and string[place.begin : place.end].lower() in _NOWHERE:
        place = None
    return Dateline(Span(begin, delimiter.end()), place, dates[0] if dates else None, sender)


def _sender(string: str, head: Span, dates: list[DateExpression]) -> tuple[Span | None, list[Span]]:
    """Return the name in brackets at the end of the head, and all bracketed spans without a date."""
    closed, sender = [], None
    for found in _PARENTHESIS.finditer(string, head.begin, head.end):
        if any(found.start() <= d.span.begin < found.end() for d in dates):
            continue
        closed.append(Span(found.start(), found.end()))
        behind_date = any(d.span.end <= found.start() for d in dates)
        last = not string[found.end() : head.end].strip()
        if last and found.start() > head.begin and (behind_date or is_medium(found.group(1))):
            sender = Span(found.start(1), found.end(1))
    return sender, closed


def _names(string: str, head: Span, taken: list[Span]) -> list[Span] | None:
    """Return the names left when dates and brackets are out; ``None`` where other words are among them."""
    blank = list(string[head.begin : head.end])
    for span in taken:
        blank[span.begin - head.begin : span.end - head.begin] = " " * len(span)
    left = re.sub(r"[()\[\]|/]", ",", _CLOCK.sub(lambda m: " " * len(m.group()), "".join(blank)))
    names = []
    for part in re.finditer(r"[^,]+", left):
        word = part.group().strip(" .;\t\n\u00a0")
        if not word:
            continue
        if not _is_name(word):
            return None
        start = head.begin + part.start() + part.group().index(word)
        names.append(Span(start, start + len(word)))
    return names if len(names) <= 3 else None


def _is_name(part: str) -> bool:
    if _listed(part):
        return True
    pieces = part.split()
    return (
        len(pieces) <= 5 and all(p[0].isupper() or p.lower() in _PARTICLES for p in pieces) and pieces[0][0].isupper()
    )


def _convincing(string: str, names: list[Span], dated: bool, delimiter: str) -> bool:
    """Return whether the parts make a dateline: date, sender, capitals, place with country, or publisher."""
    if dated:
        return True
    if not names or delimiter == ":":
        return False
    first = string[names[0].begin : names[0].end]
    return len(names) > 1 or (first.isupper() and len(first) > 3) or bool(_listed(first))


def _with_second_part(string: str, dateline: Dateline, stop: int) -> Dateline:
    """Read on where the date follows the first dash: ``CAIRO – 26 July 2022: ...``."""
    if dateline.date is not None:
        return dateline
    dates = find_dates(string, dateline.span.end, stop)
    if not dates or dates[0].span.begin != dateline.span.end or not dates[0].first.day:
        return dateline
    delimiter = _DELIMITER.match(string, dates[0].span.end, stop)
    if delimiter is None:
        return dateline
    return replace(dateline, span=Span(dateline.span.begin, delimiter.end()), date=dates[0])


def _without_delimiter(string: str, begin: int, stop: int) -> Dateline | None:
    """Read ``AGENCY NAME (Other Agency) The ...``: capitals, then a publisher in brackets, then the sentence."""
    found = re.compile(r"(?P<name>[A-Z][A-Z .&]{2,40})\s\((?P<sender>[^()\n]{2,40})\)\s+(?=[A-Z])").match(
        string, begin, stop
    )
    if found is None or not is_medium(found["sender"]):
        return None
    name = Span(found.start("name"), found.end("name"))
    sender = Span(found.start("sender"), found.end("sender"))
    if is_medium(found["name"]):
        return Dateline(Span(begin, found.end()), publisher=name)
    return Dateline(Span(begin, found.end()), place=name, publisher=sender)
