"""The part of a graph that some statements make up, as a store in memory: what downloads are written from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from communique.serve.documents import document_of
from communique.serve.reading import CLASSES
from communique.store import Store
from communique.vocab import CQ, GEO, PROV, RDF

_CLASSES = frozenset(kind for kind, _ in CLASSES)
_TYPE, _SUBJECT = NamedNode(RDF + "type"), NamedNode(RDF + "subject")
_PARTS = frozenset(
    (*(CQ + name for name in ("reports", "demands", "quotation", "characterization")), PROV + "qualifiedAttribution")
)


def part(store: Store, statements: Iterable[str]) -> Store:
    """Return the statements with all that belongs to them: documents, events, facts, entities, links, records."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        wanted[document_of(store.base, statement)].add(statement)
    found = Store.memory(store.base)
    entities: set[NamedNode] = set()
    for document, chosen in sorted(wanted.items()):
        quads = list(_document(store, document, chosen))
        entities |= {q.subject for q in quads if isinstance(q.subject, NamedNode) and _is_class(q)}
        found.add(quads)
    found.add(_shared(store, sorted(entities, key=str)))
    return found


def _is_class(quad: Quad) -> bool:
    return quad.predicate == _TYPE and isinstance(quad.object, NamedNode) and quad.object.value in _CLASSES


def _document(store: Store, document: str, chosen: Collection[str]) -> Iterator[Quad]:
    """Yield a document's graph without the statements that were not chosen and what belongs to them alone."""
    graph = store.graph_name(document.rpartition("/")[2])
    quads = list(store.dataset.quads_for_pattern(None, None, None, graph))
    stated = {q.subject for q in quads if q.predicate == _TYPE and q.object == NamedNode(CQ + "Statement")}
    others = {each for each in stated if isinstance(each, NamedNode) and each.value not in chosen}
    if not others:
        return iter(quads)
    kept = {q.object for q in quads if q.predicate.value in _PARTS and q.subject not in others}
    absent = others | {q.object for q in quads if q.predicate.value in _PARTS and q.subject in others} - kept
    absent |= {q.subject for q in quads if q.predicate == _SUBJECT and q.object in absent}
    return (quad for quad in quads if quad.subject not in absent and quad.object not in absent)


def _shared(store: Store, entities: Iterable[NamedNode]) -> Iterator[Quad]:
    """Yield what the shared graphs say of entities, of their canonical nodes and of where those lie."""
    told: set[object] = set()
    waiting: list[object] = list(entities)
    follow = frozenset((CQ + "canonical", GEO + "hasGeometry"))
    graphs = [store.graph_name(name) for name in ("links", "authority")]
    while waiting:
        node = waiting.pop()
        if node in told or not isinstance(node, NamedNode):
            continue
        told.add(node)
        for graph in graphs:
            for quad in store.dataset.quads_for_pattern(node, None, None, graph):
                yield quad
                if quad.predicate.value in follow:
                    waiting.append(quad.object)
