"""Terms of RDF as bytes: from N-Triples, in which the store hands them out, to Turtle, as people read it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from communique.vocab import XSD

_PLAIN = re.compile(rb"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_ESCAPABLE = re.compile(rb"[A-Za-z0-9_.~!$&'()*+,;=#?@-]+")
_ESCAPED = re.compile(rb"[.~!$&'()*+,;=#?@]|^-")
_SPAN = re.compile(rb"([0-9a-f]+)#char=([0-9]+),([0-9]+)")  # most IRIs are of spans
_BARE = {
    (XSD + "integer").encode(): re.compile(rb"[+-]?[0-9]+"),
    (XSD + "decimal").encode(): re.compile(rb"[+-]?[0-9]*\.[0-9]+"),
    (XSD + "boolean").encode(): re.compile(rb"true|false"),
}
_MOST = 200_000


class Same(dict[bytes, bytes]):
    """Leaves terms as N-Triples has them; bare numbers and truth values get their datatype."""

    def __missing__(self, term: bytes) -> bytes:
        """Return the term."""
        if term[:1] in b'<"_':
            return term
        name = "boolean" if term in (b"true", b"false") else "decimal" if b"." in term else "integer"
        return b'"%s"^^<%s%s>' % (term, XSD.encode(), name.encode())


class Turtle(dict[bytes, bytes]):
    """From a term in N-Triples to the same in Turtle, with prefixes; those that come again are looked up."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = {namespace.encode(): f"{name}:".encode() for name, namespace in prefixes.items()}

    def __missing__(self, term: bytes) -> bytes:
        """Return a term that was not met lately."""
        if term[:1] == b"<" and term[:2] != b"<<":
            found = self._iri(term)
        elif term[:1] == b'"' and term[-1:] == b">":
            found = self._typed(term)
        else:
            return term
        if len(self) > _MOST:
            self.clear()
        self[term] = found
        return found

    def _iri(self, term: bytes) -> bytes:
        for mark in (b"/", b"#"):
            end = term.rfind(mark) + 1
            prefix = self._prefixes.get(term[1:end])
            if prefix is not None:
                local = term[end:-1]
                if span := _SPAN.fullmatch(local):
                    return prefix + rb"%s\#char\=%s\,%s" % span.groups()
                if _PLAIN.fullmatch(local):
                    return prefix + local
                if _ESCAPABLE.fullmatch(local):
                    return prefix + _ESCAPED.sub(rb"\\\g<0>", local)
        return term

    def _typed(self, term: bytes) -> bytes:
        value, _, datatype = term.rpartition(b"^^")
        bare = _BARE.get(datatype[1:-1])
        if bare is not None and bare.fullmatch(value[1:-1]):
            return value[1:-1]
        return value + b"^^" + self._iri(datatype)
