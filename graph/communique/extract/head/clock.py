"""Times of day behind or before a date: ``27 May 2021 17:33 (UTC +04:00)``, ``12 March 2014, 9:58 am``."""

from __future__ import annotations

import re
from functools import cache

from communique.model import Span
from communique.resources import lexicon

_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"(?:\s?(?P<half>[aApP])\.?[mM]\b\.?)?"
)
_BEHIND = re.compile(rf"(?:T|\s*[,;|–—-]?\s*(?:at\s)?){_CLOCK}")
_BEFORE = re.compile(rf"(?<![\d.:]){_CLOCK}(?P<zone>\s?\(?[A-Z]{{2,5}}\)?)?\s*[,|–—-]?\s*$")
_OFFSET = re.compile(r"\s?\(?\s?(?:(?:UTC|GMT)\s?)?(?P<sign>[+−-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?\)?")


def with_time(string: str, day: str, span: Span) -> tuple[str, Span]:
    """Return an ISO date with the time of day that stands beside it, zone included where said, and the whole span.

    ``day`` is the ISO date, ``span`` its place in ``string``. Without a time of day both come back as they are.
    """
    behind = _BEHIND.match(string, span.end, min(len(string), span.end + 30))
    if behind is not None:
        zone, stop = _zone(string, behind.end())
        return f"{day}T{_iso(behind)}{zone}", Span(span.begin, stop)
    start = max(0, span.begin - 24)
    before = _BEFORE.search(string[start : span.begin])
    if before is not None and "\n" not in before.group():
        named = (before["zone"] or "").strip(" ()")
        zone, stop = _zone(string, span.end)
        return f"{day}T{_iso(before)}{_zones().get(named, '') or zone}", Span(start + before.start(), stop)
    return day, span


def _iso(clock: re.Match[str]) -> str:
    hour = int(clock["hour"])
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"] in "pP" else 0)
    return f"{hour:02d}:{clock['minute']}:{clock['second'] or '00'}"


def _zone(string: str, at: int) -> tuple[str, int]:
    """Return the offset that stands at a place, as ``+04:00``, and where it ends."""
    offset = _OFFSET.match(string, at, min(len(string), at + 20))
    if offset is not None and int(offset["hours"]) <= 14:
        sign = "+" if offset["sign"] == "+" else "-"
        return f"{sign}{int(offset['hours']):02d}:{offset['minutes'] or '00'}", offset.end()
    named = re.compile(r"\s?\(?(?P<zone>[A-Z]{1,5})\b\)?").match(string, at, min(len(string), at + 10))
    if named is not None and named["zone"] in _zones():
        return _zones()[named["zone"]], named.end()
    return "", at


@cache
def _zones() -> dict[str, str]:
    return {row["zone"]: row["offset"] for row in lexicon("timezones")}
