"""Bytes to text: in the encoding that the bytes name, else UTF-8, else the likeliest one, which is then reported."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from communique.errors import ReadError
from communique.model import Finding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_SAMPLE = 100_000
_MOSTLY_LATIN = 0.3  # share of bytes above ASCII up to which a text is taken for a Western one


def decoded(data: bytes, where: str, declared: bool = False) -> tuple[str, tuple[Finding, ...]]:
    """Return the text, byte-order mark removed and line ends turned into LF, with findings on what was guessed.

    ``declared`` says whether to believe a charset that a page declares in its head.

    Raises:
        ReadError: the byte-order mark promises an encoding that the bytes do not keep to.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_lf(_strict(data[len(mark) :], encoding, where)), ()
    named = _named(data) if declared else ""
    for encoding in (named, "utf-8"):
        text = _decode(data, encoding) if encoding else None
        if text is not None:
            return _with_lf(text), ()
    text, message, severity = _guessed(data)
    return _with_lf(text), (Finding(source=where, severity=severity, message=message),)


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _strict(data: bytes, encoding: str, where: str) -> str:
    text = _decode(data, encoding)
    if text is None:
        raise ReadError(
            f"marked as {encoding.upper()}, but not valid {encoding.upper()}", where=where, remedy="save it as UTF-8"
        )
    return text


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _named(data: bytes) -> str:
    """Return the charset that a page declares, as Python knows it; pages that say Latin-1 mean Windows-1252."""
    found = _DECLARED.search(data[:4096])
    name = found.group(1).decode("ascii") if found else ""
    try:
        known = codecs.lookup(name).name if name else ""
    except LookupError:
        return ""
    return "cp1252" if known in {"iso8859-1", "ascii"} else known


def _guessed(data: bytes) -> tuple[str, str, str]:
    """Return the text of bytes that are no UTF-8, what to say of it, and how grave that is."""
    mended = data.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if sum(c > "\x7f" for c in mended) > 4 * broken:
        return mended, f"UTF-8 with {broken} damaged place(s), shown as U+FFFD; save it as UTF-8 anew", "warning"
    western = sum(byte > 0x7F for byte in data[:_SAMPLE]) < _MOSTLY_LATIN * len(data[:_SAMPLE])
    text = _decode(data, "cp1252") if western else None
    if text is not None:
        return text, "not UTF-8; read as Windows-1252", "info"
    best = from_bytes(data[:_SAMPLE]).best()
    encoding = best.encoding if best is not None else "cp1252"
    return (
        data.decode(encoding, errors="replace"),
        f"not UTF-8; read as {encoding}, which is a guess: save it as UTF-8 if that is wrong",
        "warning",
    )
