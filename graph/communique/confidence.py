"""The graph of what is sure enough: ``--min-confidence``.

How sure the extraction is stands with each grounded edge (``cq:Fact``), with events, demands, quotations and
characterizations (``cq:confidence``), and with the spans that name an entity (``itsrdf:taConfidence``). What is less
sure than asked is taken out of a copy in memory, with what hangs on it alone, so that queries, networks and exports of
every kind see the same thinner graph. It validates as the whole does, but for
statements none of whose kinds is sure enough.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from communique.errors import UsageError
from communique.store import Store
from communique.store.store import plain
from communique.vocab import CQ, ITSRDF, PROV, RDF, SEM

_SHARED = ("links", "authority", "provenance", "manifest")
_CONFIDENCE, _NAMES = NamedNode(CQ + "confidence"), NamedNode(ITSRDF + "taIdentRef")
_TYPE, _FACT = NamedNode(RDF + "type"), NamedNode(CQ + "Fact")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_CANONICAL = NamedNode(CQ + "canonical")
_ABOUT = frozenset((_SUBJECT, _OBJECT, _NAMES))
"""What leads to a node without making it part of what a statement says."""
_OF_SPANS = tuple(NamedNode(iri) for iri in (ITSRDF + "taIdentRef", ITSRDF + "taConfidence", CQ + "foundBy"))
_STAY = frozenset(NamedNode(CQ + name) for name in ("Statement", "Document"))
_AGENT = NamedNode(PROV + "agent")
_ISSUER = {
    NamedNode(CQ + "issuer"): _AGENT,
    NamedNode(CQ + "capacity"): NamedNode(CQ + "capacity"),
    NamedNode(CQ + "onBehalfOf"): NamedNode(CQ + "onBehalfOf"),
}
"""An edge of a statement, and the same in its qualified attributions."""
_ATTRIBUTION = NamedNode(PROV + "qualifiedAttribution")
_STAMPS = tuple(NamedNode(SEM + name) for name in ("hasEarliestBeginTimeStamp", "hasLatestEndTimeStamp"))
_TIME = NamedNode(SEM + "hasTime")
# Without these a node says something else than the text: a claim of the police would become the issuer's own.
_NEEDED = frozenset(NamedNode(CQ + name) for name in ("attributedTo", "characterizes", "reportedBy"))


def at_least(store: Store, minimum: float) -> Store:
    """Close a store and return a copy of it in memory that holds only what is at least so sure.

    Taken out are: edges whose fact is less sure; events, demands, quotations and characterizations that are less sure
    themselves, and such as would say something else without an edge that is (an event without the source that alleges
    it); names that are less sure; and entities and times that nothing leads to any more, with their links. Documents,
    statements, their texts and the evidence of what stays are kept.

    Raises:
        UsageError: ``minimum`` is not between 0 and 1.
    """
    if not 0 <= minimum <= 1:
        raise UsageError(f"{minimum} is no confidence", where="--min-confidence", remedy="give a number from 0 to 1")
    kept = store.in_memory()
    shared = {kept.graph_name(name) for name in _SHARED}
    gone: set[NamedNode] = set()
    for graph, nodes in _unsure(kept.dataset, _CONFIDENCE, minimum).items():
        if graph not in shared:
            gone |= _Thinning(kept.dataset, graph).without(nodes)
    for graph, spans in _unsure(kept.dataset, NamedNode(ITSRDF + "taConfidence"), minimum).items():
        _remove(kept.dataset, (q for s in spans for p in _OF_SPANS for q in _list(kept.dataset, s, p, None, graph)))
    _unlink(kept.dataset, gone, kept.graph_name("links"))
    return kept


def _unsure(data: pyoxigraph.Store, predicate: NamedNode, minimum: float) -> dict[NamedNode, list[NamedNode]]:
    """Return the nodes by graph whose confidence is lower."""
    found: dict[NamedNode, list[NamedNode]] = {}
    for quad in data.quads_for_pattern(None, predicate, None, None):
        node, graph = quad.subject, quad.graph_name
        if float(plain(quad.object)) < minimum and isinstance(node, NamedNode) and isinstance(graph, NamedNode):
            found.setdefault(graph, []).append(node)
    return found


class _Thinning:
    """Takes nodes and edges out of one document's graph, and whatever hangs on them alone."""

    def __init__(self, data: pyoxigraph.Store, graph: NamedNode) -> None:
        self._data = data
        self._graph = graph
        self._gone: set[NamedNode] = set()
        self._left: list[NamedNode] = []
        """Nodes that an edge led to."""

    def without(self, nodes: Iterable[NamedNode]) -> set[NamedNode]:
        """Take out facts with their edges, and other nodes; return all nodes that are gone."""
        for node in nodes:
            if self._has(node, _TYPE, _FACT):
                self._fact(node)
            else:
                self._node(node)
        while self._left:
            node = self._left.pop()
            if self._is_loose(node):
                self._node(node)
        return self._gone

    def _fact(self, fact: NamedNode) -> None:
        """Take out a fact and the edge that it is about."""
        ends = [self._one(fact, predicate) for predicate in (_SUBJECT, _PREDICATE, _OBJECT)]
        self._clear(fact)
        subject, predicate, target = ends
        if subject is None or predicate is None or target is None or subject in self._gone:
            return
        self._edge(subject, predicate, target)
        if predicate in _NEEDED and not self._has(subject, predicate, None):
            self._node(subject)

    def _edge(self, subject: NamedNode, predicate: NamedNode, target: NamedNode) -> None:
        self._remove(self._all(subject, predicate, target))
        self._left.append(target)
        if predicate in _ISSUER:
            for attribution in [quad.object for quad in self._all(subject, _ATTRIBUTION, None)]:
                self._remove(self._all(attribution, _ISSUER[predicate], target))
                if isinstance(attribution, NamedNode) and not self._has(attribution, _AGENT, None):
                    self._node(attribution)
        if predicate == _TIME and not self._has(subject, _TIME, None):
            for stamp in _STAMPS:
                self._remove(self._all(subject, stamp, None))

    def _node(self, node: NamedNode) -> None:
        """Take out a node with all edges from and to it, and the facts about them."""
        if node in self._gone:
            return
        self._gone.add(node)
        for quad in (*self._all(None, _SUBJECT, node), *self._all(None, _OBJECT, node)):
            self._clear(quad.subject)
        for span in [quad.subject for quad in self._all(None, _NAMES, node)]:
            self._remove(quad for predicate in _OF_SPANS for quad in self._all(span, predicate, None))
        bearers = [quad for quad in self._all(None, None, node) if quad.predicate in _NEEDED]
        self._remove(self._all(None, None, node))
        self._left += [quad.object for quad in self._all(node, None, None) if isinstance(quad.object, NamedNode)]
        self._clear(node)
        for quad in bearers:
            if isinstance(quad.subject, NamedNode) and not self._has(quad.subject, quad.predicate, None):
                self._node(quad.subject)

    def _is_loose(self, node: NamedNode) -> bool:
        """Return whether a node is described here and nothing that a statement says leads to it."""
        own = self._all(node, _TYPE, None)
        if not own or "#" in node.value or any(quad.object in _STAY for quad in own):
            return False
        return all(quad.predicate in _ABOUT for quad in self._all(None, None, node))

    def _clear(self, node: object) -> None:
        self._remove(self._all(node, None, None))

    def _remove(self, quads: Iterable[Quad]) -> None:
        _remove(self._data, quads)

    def _has(self, *pattern: object) -> bool:
        return bool(self._all(*pattern))

    def _one(self, node: NamedNode, predicate: NamedNode) -> NamedNode | None:
        found = [quad.object for quad in self._all(node, predicate, None) if isinstance(quad.object, NamedNode)]
        return found[0] if found else None

    def _all(self, *pattern: object) -> list[Quad]:
        return _list(self._data, *pattern, self._graph)


def _unlink(data: pyoxigraph.Store, nodes: set[NamedNode], links: NamedNode) -> None:
    """Take out the links of entities that stand in no other graph, and canonical nodes that stand for none."""
    absent = {node for node in nodes if all(q.graph_name == links for q in _list(data, node, _TYPE, None, None))}
    for node in absent:
        _remove(data, (quad for quad in _list(data, node, _CANONICAL, None, links) if quad.object != node))
    for node in absent:
        if all(quad.subject == node for quad in _list(data, None, _CANONICAL, node, links)):
            about = (q for end in (_SUBJECT, _OBJECT) for q in _list(data, None, end, node, links))
            _remove(data, (q for told in about for q in _list(data, told.subject, None, None, links)))
            _remove(data, (*_list(data, node, None, None, links), *_list(data, None, None, node, links)))


def _list(data: pyoxigraph.Store, *pattern: object) -> list[Quad]:
    return list(data.quads_for_pattern(*pattern))  # type: ignore[arg-type]


def _remove(data: pyoxigraph.Store, quads: Iterable[Quad]) -> None:
    for quad in list(quads):
        data.remove(quad)
