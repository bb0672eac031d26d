"""Plain text and Markdown: the text as it is; simple front matter goes into the metadata and stays in the text."""

from __future__ import annotations

import re

from communique.model import Document, Metadata
from communique.read.stamp import iso_date

_BLOCK = re.compile(r"---[ \t]*\n(?P<lines>(?:(?!---|\.\.\.)[^\n]*\n){0,60})(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w.-]*)[ \t]*:[ \t]+(?P<value>\S.*)")
_KEYS = {
    "title": "title",
    "headline": "title",
    "date": "issued",
    "published": "issued",
    "issued": "issued",
    "author": "author",
    "publisher": "publisher",
    "source": "publisher",
    "url": "url",
    "link": "url",
    "lang": "language",
    "language": "language",
}


def read_text(name: str, text: str) -> Document:
    """Return a plain text as a document; ``id`` and ``sha256`` are the caller's to set."""
    return _document(name, text, "text/plain")


def read_markdown(name: str, text: str) -> Document:
    """Return a Markdown text as a document, its marks left in; ``id`` and ``sha256`` are the caller's to set."""
    return _document(name, text, "text/markdown")


def front_matter(text: str) -> Metadata:
    """Return what a block of ``key: value`` lines between ``---`` at the start of a text says.

    Keys that are no metadata of a document, lists and nested values are passed over.
    """
    block = _BLOCK.match(text)
    if block is None:
        return Metadata()
    values: dict[str, str] = {}
    for line in block["lines"].splitlines():
        pair = _PAIR.fullmatch(line.rstrip())
        field = _KEYS.get(pair["key"].lower()) if pair else None
        if pair is not None and field is not None and field not in values:
            values[field] = _scalar(pair["value"])
    if "issued" in values:
        values["issued"] = iso_date(values["issued"])
    return Metadata(**values)


def _document(name: str, text: str, media_type: str) -> Document:
    metadata = front_matter(text)
    return Document(id="", sha256="", source=metadata.url or name, text=text, media_type=media_type, metadata=metadata)


def _scalar(value: str) -> str:
    """Return a value without its quotation marks or trailing comment."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return re.sub(r"(?<!\s)\s+#\s.*$", "", value)
