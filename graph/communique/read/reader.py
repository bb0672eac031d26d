"""Reads one source: checks that it is text, chooses the reader by suffix or by looking inside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from communique.errors import ReadError
from communique.model import Document
from communique.read import html, plain
from communique.read.decoding import decoded
from communique.read.source import Source
from communique.vocab import document_id

MAX_BYTES = 5_000_000
"""How large a document may be: some 800,000 words; what is longer is a collection, not a statement."""

_READERS: dict[str, Callable[[str, str], Document]] = {
    ".htm": html.read_html,
    ".html": html.read_html,
    ".md": plain.read_markdown,
    ".txt": plain.read_text,
}
SUFFIXES = frozenset(_READERS)

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document (OLE)"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"BZh", "compressed (bzip2)"),
    (b"\xfd7zXZ", "compressed (xz)"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "rich text (RTF)"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def read(source: Source, max_bytes: int = MAX_BYTES) -> Iterator[Document]:
    """Return the documents of a source: one for a text, Markdown or HTML file.

    The text is exact (see :class:`communique.model.Document`); what had to be guessed about its encoding stands in
    ``Document.findings``.

    Raises:
        ReadError: the file cannot be read, is empty or larger than ``max_bytes``, is no text, or has no text in it.
    """
    data = source.load(max_bytes)
    _check(data, source.path)
    text, findings = decoded(
        data, source.path, declared=source.suffix in {".htm", ".html"} or _HTML.match(data[:1024]) is not None
    )
    if not text.strip():
        raise ReadError("nothing but white space in it", where=source.path, remedy="leave it out")
    document = _reader(source.suffix, data)(source.name, text)
    if not document.text.strip():
        raise ReadError(
            "no running text in the page",
            where=source.path,
            remedy="save the page as text, if it needs a browser to show it",
        )
    name, digest = document_id(data)
    yield replace(document, id=name, sha256=digest, findings=findings)


def _reader(suffix: str, data: bytes) -> Callable[[str, str], Document]:
    if suffix in _READERS:
        return _READERS[suffix]
    return html.read_html if _HTML.match(data[:1024]) else plain.read_text


def _check(data: bytes, where: str) -> None:
    if not data:
        raise ReadError("the file is empty", where=where, remedy="leave it out")
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if kind:
        raise ReadError(f"not a text but {kind}", where=where, remedy="save its text as .txt, .md or .html")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError("binary data (it has NUL bytes), not a text", where=where, remedy="save its text as UTF-8")
