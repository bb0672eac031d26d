"""The graph in the serialisations of RDF: Turtle, TriG, N-Triples, N-Quads, RDF/XML.

Turtle, N-Triples and RDF/XML hold the triples of the union of all graphs; TriG and N-Quads keep the graphs apart.
Oxigraph writes the terms, Python puts them in order and groups them; see :mod:`communique.export.blocks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import DefaultGraph, Literal, RdfFormat, Triple, parse, serialize

from communique.export.blocks import graphs, union
from communique.export.options import Options
from communique.export.selection import prefixes
from communique.export.terms import Turtle
from communique.export.xmltext import clean
from communique.store import Store


def turtle(store: Store, out: BinaryIO, options: Options) -> None:
    """Write Turtle."""
    names = prefixes(store.base)
    terms = Turtle(names)
    out.write(_head(names))
    blocks = union(store, options.selection(store), terms)
    out.writelines(_block(terms[subject], items) for subject, items in blocks)


def ntriples(store: Store, out: BinaryIO, options: Options) -> None:
    """Write N-Triples."""
    for subject, items in union(store, options.selection(store)):
        out.write(_lines(subject, items, b""))


def trig(store: Store, out: BinaryIO, options: Options) -> None:
    """Write TriG."""
    names = prefixes(store.base)
    terms = Turtle(names)
    out.write(_head(names))
    for graph, blocks in graphs(store, options.selection(store), terms):
        named = not isinstance(graph, DefaultGraph)
        if named:
            out.write(terms[str(graph).encode()] + b" {\n")
        out.writelines(_block(terms[subject], items) for subject, items in blocks)
        if named:
            out.write(b"}\n")


def nquads(store: Store, out: BinaryIO, options: Options) -> None:
    """Write N-Quads."""
    for graph, blocks in graphs(store, options.selection(store)):
        name = b"" if isinstance(graph, DefaultGraph) else str(graph).encode() + b" "
        out.writelines(_lines(subject, items, name) for subject, items in blocks)


def rdfxml(store: Store, out: BinaryIO, options: Options) -> None:
    """Write RDF/XML. XML has no way to hold control characters: each becomes U+FFFD, so that offsets stay true."""
    chosen = (triple for _, triples in nodes(store, options) for triple in triples)
    serialize(_xml_safe(chosen), out, RdfFormat.RDF_XML, prefixes=prefixes(store.base))


def nodes(store: Store, options: Options) -> Iterator[tuple[bytes, list[Triple]]]:
    """Yield each subject of the union with its triples, in reading order."""
    for subject, items in union(store, options.selection(store)):
        yield subject, [quad.triple for quad in parse(_lines(subject, items, b""), RdfFormat.N_TRIPLES)]


def _head(names: dict[str, str]) -> bytes:
    return "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in sorted(names.items())).encode()


def _block(subject: bytes, items: list[bytes]) -> bytes:
    """Return a subject in Turtle: predicates separated by semicolons, objects of one by commas."""
    before, between, pieces = b"", b" ", [subject]
    for item in items:
        predicate, _, node = item.partition(b" ")
        if predicate == before:
            pieces.append(b" , " + node)
        else:
            pieces.append(between + (item[1:] if item[0] else b"a " + node))  # 0 marks the type, which comes first
            before, between = predicate, b" ;\n\t"
    pieces.append(b" .\n")
    return b"".join(pieces)


def _lines(subject: bytes, items: list[bytes], graph: bytes) -> bytes:
    """Return a subject in N-Triples or, with a graph, in N-Quads."""
    begin, end = subject + b" ", b" " + graph + b".\n"
    return begin + (end + begin).join([item[1:] for item in items]) + end


def _xml_safe(chosen: Iterable[Triple]) -> Iterator[Triple]:
    for triple in chosen:
        value = triple.object
        if isinstance(value, Literal) and (text := clean(value.value)) != value.value:
            kind = {"language": value.language} if value.language else {"datatype": value.datatype}
            triple = Triple(triple.subject, triple.predicate, Literal(text, **kind))
        yield triple
