"""The graph in the serialisations of RDF: Turtle, TriG, N-Triples, N-Quads, RDF/XML.

Turtle, N-Triples and RDF/XML hold the triples of the union of all graphs; TriG and N-Quads keep the graphs apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from communique.export.options import Options
from communique.export.selection import prefixes, quads, select, triples
from communique.export.xmltext import clean
from communique.store import Store


def turtle(store: Store, out: BinaryIO, options: Options) -> None:
    """Write Turtle."""
    _triples(store, out, options, RdfFormat.TURTLE)


def ntriples(store: Store, out: BinaryIO, options: Options) -> None:
    """Write N-Triples."""
    _triples(store, out, options, RdfFormat.N_TRIPLES)


def rdfxml(store: Store, out: BinaryIO, options: Options) -> None:
    """Write RDF/XML. XML has no way to hold control characters: each becomes U+FFFD, so that offsets stay true."""
    chosen = triples(store, select(store, options.profile, without_text=options.without_text))
    serialize(_xml_safe(chosen), out, RdfFormat.RDF_XML, prefixes=prefixes(store.base))


def trig(store: Store, out: BinaryIO, options: Options) -> None:
    """Write TriG."""
    _quads(store, out, options, RdfFormat.TRIG)


def nquads(store: Store, out: BinaryIO, options: Options) -> None:
    """Write N-Quads."""
    _quads(store, out, options, RdfFormat.N_QUADS)


def _triples(store: Store, out: BinaryIO, options: Options, form: RdfFormat) -> None:
    chosen = triples(store, select(store, options.profile, without_text=options.without_text))
    serialize(chosen, out, form, prefixes=prefixes(store.base))


def _quads(store: Store, out: BinaryIO, options: Options, form: RdfFormat) -> None:
    chosen = quads(store, select(store, options.profile, without_text=options.without_text))
    serialize(chosen, out, form, prefixes=prefixes(store.base))


def _xml_safe(chosen: Iterable[Triple]) -> Iterator[Triple]:
    for triple in chosen:
        value = triple.object
        if isinstance(value, Literal) and (text := clean(value.value)) != value.value:
            kind = {"language": value.language} if value.language else {"datatype": value.datatype}
            triple = Triple(triple.subject, triple.predicate, Literal(text, **kind))
        yield triple
