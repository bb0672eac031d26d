"""The graph as blocks: a subject with all that is said of it, in reading order, each triple once.

Everything is bytes in N-Triples' form, as Oxigraph writes them: making Python objects of a million triples and sorting
those takes several times as long. While one graph is sorted, a thread has Oxigraph read the next ones. The triples of
all graphs are more than memory may hold, so sorted parts of them go to temporary files and are merged from there.
"""

from __future__ import annotations

import heapq
import marshal
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import groupby, islice
from operator import eq, itemgetter
from pathlib import Path
from typing import IO

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat

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

_AHEAD = 4  # graphs that are read before they are needed
_FIRST = {f"<{RDF}type>".encode(): b"\x00", f"<{RDFS}label>".encode(): b"\x01"}
_OFFSETS = frozenset((f"<{NIF}beginIndex>".encode(), f"<{NIF}endIndex>".encode()))
_INTEGER, _OFFSET = (f"^^<{XSD}{name}>".encode() for name in ("integer", "nonNegativeInteger"))
_SAME = Same()


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
    order = Order(store.base)
    held: dict[bytes, list[bytes]] = {}
    size = 0
    with ExitStack() as files:
        parts: list[Iterator[tuple[Key, bytes, list[bytes]]]] = []
        for _, found in _read(store, chosen, terms):
            size += sum(map(len, found.values()))
            for subject, items in found.items():
                if subject in held:
                    held[subject] += items
                else:
                    held[subject] = items
            if size > HELD:
                parts.append(_stored(_sorted(held, order), files))
                held, size = {}, 0
        if not parts:
            yield from ((subject, items) for _, subject, items in _sorted(held, order))
            return
        merged = heapq.merge(*parts, _sorted(held, order))
        for (_, subject), same in groupby(merged, key=itemgetter(0, 1)):
            yield subject, _tidy([item for _, _, items in same for item in items])


def _sorted(found: dict[bytes, list[bytes]], order: Order) -> Iterator[tuple[Key, bytes, list[bytes]]]:
    for key in sorted(map(order.subject, found)):
        yield key, key[2], _tidy(found.pop(key[2]))


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


# -- reading ----------------------------------------------------------------------------------------------------------


def _read(
    store: Store, chosen: Selection, terms: Mapping[bytes, bytes]
) -> Iterator[tuple[Graph, dict[bytes, list[bytes]]]]:
    """Yield the chosen graphs with their chosen triples by subject."""
    for graph, text in _texts(store, chosen):
        if chosen.whole:
            yield graph, _by_subject(text, chosen, terms)
            continue
        # What belongs to a statement is told from whole IRIs: terms are written only then.
        blocks = chosen.part(graph, _by_subject(text, chosen, _SAME))
        yield graph, {subject: [_rewritten(item, terms) for item in items] for subject, items in blocks.items()}


def _texts(store: Store, chosen: Selection) -> Iterator[tuple[Graph, bytes]]:
    """Yield each graph as N-Triples.

    A thread reads ahead into files: Oxigraph writes those without Python's lock, which a stream of Python's needs.
    """
    waiting: deque[tuple[Graph, Future[Path]]] = deque()
    with tempfile.TemporaryDirectory(prefix="communique-") as folder, ThreadPoolExecutor(1) as reader:
        for number, graph in enumerate(chosen.graphs()):
            waiting.append((graph, reader.submit(_dump, store, graph, Path(folder) / str(number))))
            if len(waiting) > _AHEAD:
                yield _taken(*waiting.popleft())
        while waiting:
            yield _taken(*waiting.popleft())


def _dump(store: Store, graph: Graph, file: Path) -> Path:
    store.dataset.dump(str(file), RdfFormat.N_TRIPLES, from_graph=graph)
    return file


def _taken(graph: Graph, dumped: Future[Path]) -> tuple[Graph, bytes]:
    file = dumped.result()
    text = file.read_bytes()
    file.unlink()
    return graph, text


def _by_subject(text: bytes, chosen: Selection, terms: Mapping[bytes, bytes]) -> dict[bytes, list[bytes]]:
    heads = _Heads(terms)
    keeps_subject, keeps = chosen.subject, chosen.triple
    found: dict[bytes, list[bytes]] = {}
    subject, items, kept = b"", [], False
    for line in text.split(b" .\n")[:-1]:  # no literal has a line's end in it
        s, p, o = line.split(b" ", 2)
        if s != subject:
            subject, kept = s, keeps_subject(s)
            items = found.setdefault(s, []) if kept else []
        if kept and (keeps is None or keeps(p, o)):
            items.append(heads[p] + terms[o if p not in _OFFSETS else _declared(o)])
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
    return number.removesuffix(_INTEGER) + _OFFSET if number.endswith(_INTEGER) else number
