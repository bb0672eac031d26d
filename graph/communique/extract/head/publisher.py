"""Who published a document: credits, agencies in datelines and taglines, letterheads, the small print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from communique.extract.head.dateline import Dateline, publisher_kind
from communique.extract.head.topmatter import CREDIT, LINE, PARTICLES, RELEASE, Kind, Line, capitals
from communique.extract.temporal.dates import find_dates
from communique.model import Document, Span

_RELEASE_BY = re.compile(
    r"(?:Press|Media|News)\s(?:Release|Statement)s?\s*:\s*(?P<name>[A-Z][^\n:]{2,70})$", re.IGNORECASE
)
_TOLD = re.compile(
    r"\b(?:told|informed|reported to|reports|reported|said in (?:an )?interview with|as reported by)\s(?:the\s)?"
    r"(?P<name>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})"
)
_AGENCY_REPORTS = re.compile(
    r"\b(?P<name>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}),?\s(?:reports|reported|has learn(?:ed|t)|informs|quot(?:es|ed))\b"
)
_TAGLINE = re.compile(r"(?:[–—-]|\(|Source:|SOURCE:)\s*(?P<name>[A-Z][\w./ -]{1,40}?)\)?\.?\s*$")


def find_publisher(
    document: Document, head: Sequence[tuple[Line, Kind]], title: Span | None, dateline: Dateline | None, body: Span
) -> tuple[str, Span | None]:
    """Return who published the document and where that stands, ``""`` where only the issuer could be meant."""
    text = document.text
    named = document.metadata.publisher
    if named:
        at = text.find(named, 0, body.begin)
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
    found = CREDIT.search(text, span.begin, span.end)
    if found is None:
        return None
    name = found["name"].strip()
    if (
        publisher_kind(name) == "photo"
        or not re.fullmatch(r"[A-Za-zÀ-ž][A-Za-zÀ-ž .&'’-]*", name)
        or len(name.split()) > 8
    ):
        return None
    return Span(found.start("name"), found.start("name") + len(found["name"].rstrip()))


def _credit_below(text: str, begin: int) -> Span | None:
    """Return the holder of the rights that the small print names."""
    return next((s for m in LINE.finditer(text, begin) if (s := _credit(text, Span(m.start(), m.end())))), None)


def _signed(text: str, body: Span) -> Span | None:
    """Return a listed agency that reports (``told APA``, ``APA reports``) near the top or that signs the last line."""
    end = min(body.end, body.begin + 900)
    for found in chain(_TOLD.finditer(text, body.begin, end), _AGENCY_REPORTS.finditer(text, body.begin, end)):
        if publisher_kind(found["name"].rstrip(".")) == "agency":
            return Span(found.start("name"), found.start("name") + len(found["name"].rstrip(".")))
    last = text.rfind("\n", body.begin, body.end) + 1
    tagline = _TAGLINE.search(text, max(last, body.end - 60), body.end)
    if tagline is not None and publisher_kind(tagline["name"]) not in {"", "photo"}:
        return Span(tagline.start("name"), tagline.end("name"))
    return None


def _source_line(head: Sequence[tuple[Line, Kind]], title: Span | None) -> Span | None:
    """Return the line right under the headline where it names a body."""
    under = next(((line, kind) for line, kind in head if title is not None and line.span > title), None)
    return under[0].span if under is not None and _is_source(*under) else None


def _is_source(line: Line, kind: Kind) -> bool:
    """Return whether a line under the headline names where the text comes from (``The White House``)."""
    named = kind == "title" and 2 <= len(line.words) <= 6 and line.words[0] == "The" and capitals(line) == 1
    return named or (kind == "letterhead" and _is_body_name(line))


def _is_body_name(line: Line) -> bool:
    """Return whether a letterhead names a body and no person with a style (``The Hon``, ``MP``)."""
    lower = {w.lower().strip(".") for w in line.words}
    return (
        not lower & {"hon", "honourable", "honorable", "mp", "m.p", "senator", "dr", "mr", "mrs", "ms"}
        and len(line.words) <= 10
    )


def _in_letterhead(line: Line, kind: Kind, title: Span | None) -> Span | None:
    """Return the publisher that a letterhead or a label names: ``MINISTRY OF X``, ``Press Release: X``."""
    by = _RELEASE_BY.match(line.text)
    if by is not None:
        return Span(line.span.begin + by.start("name"), line.span.begin + by.end("name"))
    if kind == "label":
        return _beside_label(line)
    if (
        kind != "letterhead"
        or not _is_body_name(line)
        or find_dates(line.text)
        or (title is not None and line.span > title)
    ):
        return None
    return line.span


def _beside_label(line: Line) -> Span | None:
    """Return the name before or behind ``media release`` in one line."""
    release = RELEASE.search(line.text)
    if release is None:
        return None
    for part in (Span(0, release.start()), Span(release.end(), len(line.text))):
        name = part.of(line.text).strip(" \t:-–—|.")
        if (
            2 <= len(name.split()) <= 8
            and not find_dates(name)
            and not re.search("release", name, re.IGNORECASE)
            and all(w[0].isupper() or w.lower() in PARTICLES for w in name.split())
        ):
            at = line.span.begin + part.begin + part.of(line.text).index(name)
            return Span(at, at + len(name))
    return None
