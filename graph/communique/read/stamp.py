"""Dates as containers write them (front matter, HTML, feeds), in one ISO 8601 form."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_SHORT = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")


def iso_date(value: str) -> str:
    """Return an ISO date, or a date-time with the zone where it is given; ``""`` for what is neither ISO nor RFC 2822.

    ``2021`` and ``2021-05`` stay as they are.
    """
    text = value.strip()
    if _SHORT.fullmatch(text):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return ""
    dated_only = len(text) <= 10
    return moment.date().isoformat() if dated_only else moment.replace(microsecond=0).isoformat()
