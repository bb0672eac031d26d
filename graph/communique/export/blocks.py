"""The graph as blocks: a subject with all that is said of it, in reading order, each triple once.

Everything is bytes in N-Triples' form, as Oxigraph writes them: making Python objects of a million triples and sorting
those takes several times as long. The triples of all graphs are more than memory may hold, so sorted parts of them go
to temporary files and are merged from there.
"""

from __future__ import annotations

import heapq
import io
import marshal
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import groupby, islice
from operator import eq, itemgetter
from typing import IO, Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryResultsFormat, RdfFormat

from communique.export.selection import Order, Selection
from communique.export.terms import Same
from communique.store import Store
from communique.vocab import NIF, RDF, RDFS, XSD

Graph = NamedNode | BlankNode | DefaultGraph
Key = tuple[int, bytes, bytes]
Block = tuple[bytes, list[bytes]]
"""A subject, and its predicates and objects: one byte of order, the predicate, a blank, the object."""

HELD = 1_000_000
"""How many triples are held in memory (at about 250 bytes) before a sorted part goes to a file."""

_CHUNK = 1 << 17
_FIRST = {f"<{RDF}type>".encode(): b"\x00", f"<{RDFS}label>".encode(): b"\x01"}
_OFFSETS = frozenset((f"<{NIF}beginIndex>".encode(), f"<{NIF}endIndex>".encode()))
_INTEGER = f"^^<{XSD}integer>".encode()
_OFFSET = f'"%s"^^<{XSD}nonNegativeInteger>'.encode()
_SAME = Same()
_QUOTE, _CLOSING = b'">'


def graphs(
    store: Store, chosen: Selection, terms: Mapping[bytes, bytes] = _SAME
) -> Iterator[tuple[Graph, Iterator[Block]]]:
    """Yield the chosen graphs, documents' by name and then the shared ones, each with its blocks in reading order.

    Args:
        store: the graph.
        chosen: which graphs, subjects and triples.
        terms: how predicates and objects are written; the triples of a subject come in the order of that.
    """
    order = Order(store.base)
    for graph, found in _read(store, chosen, terms):
        if found:
            yield graph, ((subject, items) for _, subject, items in _sorted(found, order))


def union(store: Store, chosen: Selection, terms: Mapping[bytes, bytes] = _SAME) -> Iterator[Block]:
    """Yield the blocks of the union of the chosen graphs; arguments as for :func:`graphs`."""
    with ExitStack() as files:
        held = _Held(Order(store.base), files)
        if chosen.whole:
            for predicate in _predicates(store, chosen):
                _take(store, predicate, chosen, terms, held)
        else:
            for _, found in _read(store, chosen, terms):
                for subject, items in found.items():
                    held.blocks.setdefault(subject, []).extend(items)
                held.count(sum(map(len, found.values())))
        yield from held.all()


class _Held:
    """Blocks in the making: in memory, and in sorted parts in files."""

    def __init__(self, order: Order, files: ExitStack) -> None:
        self.blocks: dict[bytes, list[bytes]] = {}
        self._order, self._files = order, files
        self._parts: list[Iterator[tuple[Key, bytes, list[bytes]]]] = []
        self._size = 0

    def count(self, triples: int) -> None:
        """Note that so many triples came; store what is held where it is too much."""
        self._size += triples
        if self._size > HELD:
            self._parts.append(_stored(_sorted(self.blocks, self._order), self._files))
            self._size = 0

    def all(self) -> Iterator[Block]:
        """Yield all blocks in order."""
        last = _sorted(self.blocks, self._order)
        if not self._parts:
            yield from ((subject, items) for _, subject, items in last)
            return
        for (_, subject), same in groupby(heapq.merge(*self._parts, last), key=itemgetter(0, 1)):
            yield subject, _tidy([item for _, _, items in same for item in items])


def _sorted(found: dict[bytes, list[bytes]], order: Order) -> Iterator[tuple[Key, bytes, list[bytes]]]:
    for key in sorted(map(order.subject, found)):
        items = found.pop(key[2])
        if items:
            yield key, key[2], _tidy(items)


def _stored(
    blocks: Iterable[tuple[Key, bytes, list[bytes]]], files: ExitStack
) -> Iterator[tuple[Key, bytes, list[bytes]]]:
    """Write blocks to a temporary file and return them as read from there."""
    file = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    for block in blocks:
        marshal.dump(block, file)
    file.seek(0)
    return _loaded(file)


def _loaded(file: IO[bytes]) -> Iterator[tuple[Key, bytes, list[bytes]]]:
    while True:
        try:
            yield marshal.load(file)
        except EOFError:
            return


def _tidy(items: list[bytes]) -> list[bytes]:
    """Return triples of one subject sorted, each once."""
    items.sort()
    if any(map(eq, items, islice(items, 1, None))):  # the subject stands in several graphs
        return list(dict.fromkeys(items))
    return items


# -- reading predicate by predicate -----------------------------------------------------------------------------------


def _predicates(store: Store, chosen: Selection) -> list[tuple[NamedNode, str]]:
    """Return all predicates, each with the query for its subjects and objects in the chosen graphs.

    Most of the time that Oxigraph takes goes into looking up the text of terms. To ask for the subjects and objects of
    one predicate at a time saves a third of that.
    """
    found: Any = store.dataset.query("SELECT DISTINCT ?p { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
    absent = [graph for graph in chosen.absent if store.dataset.contains_named_graph(graph)]
    # Of what the graphs left out have too, only the quads of other graphs count.
    shared = {quad.predicate for graph in absent for quad in store.dataset.quads_for_pattern(None, None, None, graph)}
    others = f"FILTER(?g NOT IN ({', '.join(map(str, absent))}))"
    return [
        (
            predicate,
            f"SELECT ?s ?o {{ {{ ?s {predicate} ?o }} UNION {{ GRAPH ?g {{ ?s {predicate} ?o }} {others} }} }}"
            if predicate in shared
            else f"SELECT ?s ?o {{ ?s {predicate} ?o }}",
        )
        for (predicate,) in found
    ]


def _take(
    store: Store, asked: tuple[NamedNode, str], chosen: Selection, terms: Mapping[bytes, bytes], held: _Held
) -> None:
    """Hold the chosen triples of one predicate."""
    name, query = asked
    predicate = str(name).encode()
    head = _FIRST.get(predicate, b"\x02") + terms[predicate] + b" "
    offsets, keeps, keeps_subject = predicate in _OFFSETS, chosen.triple, chosen.subject
    rejected: set[bytes] = set()

    def take(lines: list[bytes]) -> None:
        blocks = held.blocks
        for line in lines:
            subject, node = line.split(b"\t")
            items = blocks.get(subject)
            if items is None:
                if subject in rejected:
                    continue
                if not keeps_subject(subject):
                    rejected.add(subject)
                    continue
                items = blocks[subject] = []
            if keeps is None or keeps(predicate, node):
                items.append(head + terms[_OFFSET % node if offsets and node[:1] != b'"' else node])
        held.count(len(lines))

    union = "GRAPH" not in query
    found: Any = store.dataset.query(query, use_default_graph_as_union=union)
    out = _Lines(take)
    found.serialize(out, format=QueryResultsFormat.TSV)
    out.close()


class _Lines:
    """A binary stream that hands on whole lines, without the first."""

    def __init__(self, take: Callable[[list[bytes]], None]) -> None:
        self._take = take
        self._rest = b""
        self._begun = False

    def write(self, data: bytes) -> int:
        if len(data) + len(self._rest) < _CHUNK:
            self._rest += data
        else:
            self._pass(self._rest + data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: lines are handed on many at a time."""

    def close(self) -> None:
        """Hand on what is left."""
        self._pass(self._rest)

    def _pass(self, data: bytes) -> None:
        lines = data.split(b"\n")
        self._rest = lines.pop()
        if lines:
            self._take(lines if self._begun else lines[1:])
            self._begun = True


# -- reading graph by graph -------------------------------------------------------------------------------------------


def _read(
    store: Store, chosen: Selection, terms: Mapping[bytes, bytes]
) -> Iterator[tuple[Graph, dict[bytes, list[bytes]]]]:
    """Yield the chosen graphs with their chosen triples by subject."""
    for graph in chosen.graphs():
        text = _text(store, graph)
        if chosen.whole:
            yield graph, _by_subject(text, chosen, terms)
            continue
        # What belongs to a statement is told from whole IRIs: terms are written only then.
        blocks = chosen.part(graph, _by_subject(text, chosen, _SAME))
        yield graph, {subject: [_rewritten(item, terms) for item in items] for subject, items in blocks.items()}


def _text(store: Store, graph: Graph) -> bytes:
    """Return a graph as N-Triples."""
    out = io.BytesIO()
    store.dataset.dump(out, RdfFormat.N_TRIPLES, from_graph=graph)
    return out.getvalue()


def _by_subject(text: bytes, chosen: Selection, terms: Mapping[bytes, bytes]) -> dict[bytes, list[bytes]]:
    heads, keeps_subject, keeps = _Heads(terms), chosen.subject, chosen.triple
    as_it_is = terms is _SAME
    found: dict[bytes, list[bytes]] = {}
    subject, items, kept = b"", [], False
    for line in text.split(b" .\n")[:-1]:  # no literal has a line's end in it
        s, p, o = line.split(b" ", 2)
        if s != subject:
            subject, kept = s, keeps_subject(s)
            items = found.setdefault(s, []) if kept else []
        if kept and (keeps is None or keeps(p, o)):
            if p in _OFFSETS:
                o = _declared(o)
            # Strings are the same in all forms, and too many to be looked up.
            plain = as_it_is or (o[0] == _QUOTE and o[-1] != _CLOSING)
            items.append(heads[p] + (o if plain else terms[o]))
    return found if keeps is None else {subject: items for subject, items in found.items() if items}


class _Heads(dict[bytes, bytes]):
    """From a predicate to what its triples begin with."""

    def __init__(self, terms: Mapping[bytes, bytes]) -> None:
        super().__init__()
        self._terms = terms

    def __missing__(self, predicate: bytes) -> bytes:
        head = self[predicate] = _FIRST.get(predicate, b"\x02") + self._terms[predicate] + b" "
        return head


def _rewritten(item: bytes, terms: Mapping[bytes, bytes]) -> bytes:
    predicate, _, node = item[1:].partition(b" ")
    return item[:1] + terms[predicate] + b" " + terms[node]


def _declared(number: bytes) -> bytes:
    """Return an offset as the model declares it (see :func:`communique.store.as_declared`)."""
    return _OFFSET % number[1 : -len(_INTEGER) - 1] if number.endswith(_INTEGER) else number
