"""The graph ``links``: one canonical node for every entity, and why two entities were taken for one."""

from __future__ import annotations

import hashlib

from pyoxigraph import Literal, NamedNode, Quad

from communique.resolve.candidates import Match, matches
from communique.resolve.entities import entities
from communique.store import Store
from communique.vocab import CQ, RDF, RDFS, SKOS, XSD

_TYPE = NamedNode(RDF + "type")
_CANONICAL = NamedNode(CQ + "canonical")
_LABEL = NamedNode(RDFS + "label")
_CLOSE = NamedNode(SKOS + "closeMatch")
_DECIMAL = NamedNode(XSD + "decimal")


def resolve(store: Store) -> bool:
    """Rebuild the graph ``links`` from the documents' graphs; return whether it changed."""
    return store.replace_graph("links", link_quads(store))


def link_quads(store: Store) -> list[Quad]:
    """Return the quads of the graph ``links`` for the documents that the store holds, sorted.

    Every entity gets exactly one ``cq:canonical``; every canonical node its label; every match ``skos:closeMatch``
    from the entity to its canonical node, and a ``cq:Link`` with ``cq:score`` and ``cq:reason``.
    """
    known = entities(store)
    found = {match.entity: match for match in matches(known)}
    labels = {entity.iri: entity.label for entity in known}
    graph = store.graph_name("links")
    quads: set[Quad] = set()
    for entity in known:
        match = found.get(entity.iri)
        canonical = NamedNode(match.canonical if match else entity.iri)
        quads.add(Quad(NamedNode(entity.iri), _CANONICAL, canonical, graph))
        quads.add(Quad(canonical, _LABEL, labels[canonical.value], graph))
        if match:
            quads.update(_explained(match, store.base, graph))
    return sorted(quads, key=str)


def _explained(match: Match, base: str, graph: NamedNode) -> list[Quad]:
    mark = hashlib.sha256(f"{match.entity}\x00{match.canonical}".encode()).hexdigest()[:16]
    link, entity, canonical = NamedNode(f"{base}link/{mark}"), NamedNode(match.entity), NamedNode(match.canonical)
    values: list[tuple[NamedNode, NamedNode | Literal]] = [
        (_TYPE, NamedNode(CQ + "Link")),
        (_TYPE, NamedNode(RDF + "Statement")),
        (NamedNode(RDF + "subject"), entity),
        (NamedNode(RDF + "predicate"), _CLOSE),
        (NamedNode(RDF + "object"), canonical),
        (NamedNode(CQ + "score"), Literal(f"{match.score:g}", datatype=_DECIMAL)),
        (NamedNode(CQ + "reason"), Literal(match.reason)),
    ]
    return [Quad(entity, _CLOSE, canonical, graph), *(Quad(link, p, o, graph) for p, o in values)]
