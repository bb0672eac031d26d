"""What XML cannot hold: text for RDF/XML, GraphML, GEXF, SVG and XLSX is cleaned here."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return the text with U+FFFD for each character that XML 1.0 forbids; its length stays the same."""
    return _ILLEGAL.sub("\ufffd", text)
