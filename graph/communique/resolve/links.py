"""The graph ``links``: one canonical node for every entity, and why two entities were taken for one.

:func:`resolve` brings it up to date with the documents' graphs and with what people decided. What it writes depends on
these alone, not on how they came to be: adding documents one by one gives the same graph as reading them all at once.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from communique.resolve.clusters import Cluster, Edge, Node, cluster
from communique.resolve.compare import compare, identical, keys
from communique.resolve.decisions import Decisions
from communique.resolve.entities import (
    Entity,
    authority_entities,
    authority_entity,
    document_entities,
    merged,
)
from communique.resolve.index import Index, judged
from communique.resolve.profile import Profile, profile
from communique.resolve.weights import join_from, review_from
from communique.store import Store, plain
from communique.vocab import CQ, DCTERMS, OWL, RDF, RDFS, SKOS, XSD

_TYPE = NamedNode(RDF + "type")
_CANONICAL = NamedNode(CQ + "canonical")
_LABEL = NamedNode(RDFS + "label")
_CLOSE = NamedNode(SKOS + "closeMatch")
_SAME = NamedNode(OWL + "sameAs")
_DECIMAL = NamedNode(XSD + "decimal")
_IDENTIFIER = NamedNode(DCTERMS + "identifier")
_AUTHORITY = "authority"
_MOST = 300_000
"""So many quads of links that are made anew are held before they are written."""


def resolve(store: Store, decisions: Decisions | None = None) -> bool:
    """Bring the graph ``links`` up to date; return whether it changed.

    Only what is new since the last time is compared, and only what that may concern is decided anew.

    Args:
        store: the graph, open for writing.
        decisions: what people decided; without it, nothing.

    Raises:
        StoreError: the store or its index cannot be written.
    """
    with Index(store.path) as index:
        return _Resolution(store, index, decisions or Decisions()).run()


@dataclass(frozen=True, slots=True)
class _Link:
    """What is written for every entity of a node: its canonical node ("" for each itself), how sure, and why."""

    canonical: str = ""
    score: float = 0.0
    reason: str = ""
    certain: bool = False


class _Resolution:
    """One bringing up to date."""

    def __init__(self, store: Store, index: Index, decisions: Decisions) -> None:
        self.store, self.index, self.decisions = store, index, decisions
        self.graph, self.book = store.graph_name("links"), store.graph_name("manifest")
        self.same = {pair: each for pair, each in decisions.pairs().items() if each.kind == "same"}
        self.different = {pair for pair, each in decisions.pairs().items() if each.kind == "different"}
        self.split = set(decisions.splits())
        self.own = {iri for pair in (*self.same, *self.different) for iri in pair} | self.split
        self.touched: set[int] = set()
        self.new: set[int] = set()
        self.placed: dict[int, list[str]] = defaultdict(list)
        self.renamed: set[str] = set()
        self.gone: set[str] = set()
        self.forgotten: set[str] = set()
        self.remove: list[Quad] = []
        self.add: list[Quad] = []
        self.fresh = self.flushed = False

    def run(self) -> bool:
        """Bring links and index up to date.

        The store holds a mark of what the links were made from, and so does the index, only while the links are whole:
        where a process was killed in between, or one of the two was put back from a copy, the marks are not the same,
        and everything is made anew. Else the store knows which graphs came, changed or went since.
        """
        stamp, waiting = self._stamp(), self.store.unlinked()
        whole = stamp is not None and stamp == self.index.value("state")
        if whole and not waiting and self._means() == self.index.value("means"):
            return False
        self.fresh = not whole or self.index.value("method") != _method()
        if self.fresh:
            self.index.clear()
        if stamp is not None:
            self.store.change([self._marked(stamp)], [])
        self._read([*self.store.document_ids(), _AUTHORITY] if self.fresh else waiting)
        self._read_records()
        self._heed()
        self._compare()
        self._publish(self._clusters())
        self.index.set_value("method", _method())
        self.index.set_value("means", self._means())
        state = secrets.token_hex(16)
        self.index.set_value("state", state)
        changed = self._write()
        self.store.note_linked([self._marked(state)])
        return changed

    def _means(self) -> str:
        """Return a mark of what the links depend on beside the graphs."""
        return hashlib.sha256(f"{_method()} {self._told()}".encode()).hexdigest()

    def _told(self) -> str:
        """Return what people decided as text."""
        said = [[*pair, each.time, each.told] for pair, each in sorted(self.same.items())]
        return json.dumps({"same": said, "different": sorted(self.different), "split": sorted(self.split)})

    def _stamp(self) -> str | None:
        found = self.store.dataset.quads_for_pattern(self.graph, _IDENTIFIER, None, self.book)
        return next((plain(quad.object) for quad in found), None)

    def _marked(self, mark: str) -> Quad:
        return Quad(self.graph, _IDENTIFIER, Literal(mark), self.book)

    # -- what documents and records name ------------------------------------------------------------------------

    def _read(self, graphs: list[str]) -> None:
        """Bring the entities of graphs that came, changed or went up to date."""
        for name in graphs:
            if name == _AUTHORITY:
                records = authority_entities(self.store)
                self.renamed |= records.keys() | self.index.records().keys()
                continue
            for iri in self.index.entities_of(name):
                self._forget(iri)
            self.renamed.update(self.index.named_in(name))
            self.index.remove_named(name)
            for entity in document_entities(self.store, name):
                if entity.local:
                    self._place(entity, name, profile(entity, own=entity.iri in self.own))
                else:
                    self.renamed.add(entity.iri)
                    self.index.add_named(entity.iri, name, _packed(entity))

    def _read_records(self) -> None:
        """Bring the entities with records up to date: those of the authority graph, and those that documents name."""
        for iri in sorted(self.renamed):
            entity = authority_entity(self.store, iri)
            for each in (_unpacked(iri, text) for text in self.index.named_as(iri)) if entity is None else ():
                entity = each if entity is None else merged(entity, each)
            if entity is None:
                self._forget(iri)
            else:
                self._place(entity, "", profile(entity))

    def _place(self, entity: Entity, document: str, what: Profile | None) -> None:
        """Put an entity to the node of its profile."""
        before = self.index.entity(entity.iri)
        node = None if what is None else self._node(what)
        label = entity.label
        row = (document, node, label.value, label.language or "en", entity.type)
        if before is not None and before[:5] == row:
            return
        if before is not None and before[1] is not None:
            self.touched.add(before[1])
        self.gone.discard(entity.iri)
        self.index.put_entity(entity.iri, *row, before[5] if before is not None else "")
        if node is not None:
            self._note_placed(node, entity.iri)
        else:
            self._rewrite(entity.iri, entity.iri, _Link(), label, anew=entity.iri in self.forgotten)
            self.index.set_canonical([(entity.iri, entity.iri)])

    def _note_placed(self, node: int, iri: str) -> None:
        """Note that an entity came to a node, unless all of a node's entities are looked at anyway."""
        if not self.fresh:
            self.placed[node].append(iri)

    def _node(self, what: Profile) -> int:
        node, made = self.index.node_for(what)
        self.touched.add(node)
        if made:
            self.new.add(node)
        return node

    def _forget(self, iri: str) -> None:
        found = self.index.entity(iri)
        if found is None:
            return
        if found[1] is not None:
            self.touched.add(found[1])
        self.index.remove_entity(iri)
        self.gone.add(iri)
        self.forgotten.add(iri)

    def _heed(self) -> None:
        """Give what people have judged a node of its own, and take it back from what is judged no more."""
        told, before = self._told(), judged(self.index.value("judged"))
        ends = {iri for kind in ("same", "different") for pair in before.get(kind, ()) for iri in pair[:2]}
        was = ends | set(before.get("split", ()))
        for iri in sorted(was | self.own) if told != self.index.value("judged") else ():
            found = self.index.entity(iri)
            if found is None or found[1] is None:
                continue
            document, node = found[0], found[1]
            self.touched.add(node)
            what = self.index.nodes([node])[0].profile
            own = iri if iri in self.own and not what.record else ""
            if what.own != own:
                placed = self._node(replace(what, own=own))
                self.index.put_entity(iri, document, placed, *found[2:])
                self._note_placed(placed, iri)
        self.index.set_value("judged", told)

    # -- comparing ----------------------------------------------------------------------------------------------

    def _compare(self) -> None:
        """Compare new nodes with all that share a key with them."""
        index, least = self.index, review_from()
        index.count(self.touched)
        empty = {node.id for node in index.nodes(self.touched) if not node.size}
        self.touched |= {end for edge in index.edges(empty, 0.0) for end in (edge.a, edge.b)}
        gone = index.drop_empty(self.touched)
        self.touched -= gone
        self.new -= gone
        fresh = index.nodes(self.new)
        for node in fresh:
            index.add_keys(node.id, keys(node.profile))
        known = {node.id: node.profile for node in fresh}
        done: set[int] = set()
        for node in fresh:
            others = sorted(index.sharing(node.id) - done)
            met = [other for other in others if other not in known]
            known.update((each.id, each.profile) for each in index.nodes(met))
            found = ((other, compare(node.profile, known[other])) for other in others)
            index.add_edges(
                (node.id, other, said.score, said.reason) for other, said in found if said and said.score >= least
            )
            done.add(node.id)

    # -- deciding -----------------------------------------------------------------------------------------------

    def _clusters(self) -> list[Cluster]:
        """Return the clusters of all components that hold a touched node."""
        joins = self._judgements()
        different: dict[int, set[int]] = defaultdict(set)
        for a, b in self.different:
            one, two = self._node_of(a), self._node_of(b)
            if one is not None and two is not None and one != two:
                different[one].add(two)
                different[two].add(one)
        edges, ids = self._reached(joins)
        nodes = {node.id: node for node in self.index.nodes(ids)}
        split = {node for iri in self.split if (node := self._node_of(iri)) is not None}
        edges = {
            pair: edge
            for pair, edge in edges.items()
            if edge.decided or not (edge.a in split or edge.b in split or edge.b in different.get(edge.a, ()))
        }
        self.refused: list[Edge] = []
        found: list[Cluster] = []
        for members, within in _components(nodes, edges.values()):
            parts = cluster(members, within, different)
            where = {node.id: at for at, part in enumerate(parts) for node in part.nodes}
            self.refused += [edge for edge in within if where[edge.a] != where[edge.b] and not edge.decided]
            found += parts
        self.apart = different
        self.alone = split
        return found

    def _judgements(self) -> dict[tuple[int, int], Edge]:
        """Return an edge for each pair of nodes that a person has said to be one; of several the latest."""
        found: dict[tuple[int, int], Edge] = {}
        for (a, b), said in sorted(self.same.items(), key=lambda item: item[1]):
            one, two = self._node_of(a), self._node_of(b)
            if one is not None and two is not None and one != two:
                found[min(one, two), max(one, two)] = Edge(one, two, 1.0, said.told, f"{said.time} {said.id}")
        return found

    def _node_of(self, iri: str) -> int | None:
        found = self.index.entity(iri)
        return found[1] if found is not None else None

    def _reached(self, joins: dict[tuple[int, int], Edge]) -> tuple[dict[tuple[int, int], Edge], set[int]]:
        """Return all edges of the components that hold a touched node, and their nodes."""
        beside: dict[int, list[Edge]] = defaultdict(list)
        for edge in joins.values():
            beside[edge.a].append(edge)
            beside[edge.b].append(edge)
        edges: dict[tuple[int, int], Edge] = {}
        ids, front = set(self.touched), set(self.touched)
        while front:
            met = [*self.index.edges(front, join_from()), *(edge for node in front for edge in beside.get(node, ()))]
            for edge in met:
                pair = (min(edge.a, edge.b), max(edge.a, edge.b))
                if edge.decided or pair not in edges:
                    edges[pair] = edge
            front = {end for edge in met for end in (edge.a, edge.b)} - ids
            ids |= front
        return edges, ids

    # -- publishing ---------------------------------------------------------------------------------------------

    def _publish(self, found: list[Cluster]) -> None:
        """Work out which quads come and go for the entities of clusters and for the pairs left to people."""
        self.canonical: dict[int, str] = {}
        for each in found:
            for node, link in self._links(each):
                before = _Link(*self.index.published(node.id))
                self.canonical[node.id] = link.canonical
                self._write_node(node, link, before)
            if self.fresh and len(self.add) > _MOST:
                self._flush()
        for iri in sorted(self.gone):
            self._unwrite(iri)
        self._publish_candidates()

    def _write_node(self, node: Node, link: _Link, before: _Link) -> None:
        if link == before and node.id not in self.touched:
            return  # what all of its entities say already
        changed: list[tuple[str, str]] = []
        whole = self.fresh or link != before  # else what was there before says it already
        for iri, label, language, canonical in (
            self.index.bearers(node.id) if whole else self.index.some_bearers(node.id, self.placed[node.id])
        ):
            wanted = link.canonical or iri
            if canonical != wanted or (link != before and wanted != iri):
                self._rewrite(
                    iri, wanted, link, Literal(label, language=language), anew=bool(canonical) or iri in self.forgotten
                )
                changed.append((wanted, iri))
        self.index.set_canonical(changed)
        if link != before:
            self.index.publish(node.id, link.canonical, link.score, link.reason, link.certain)

    def _links(self, found: Cluster) -> Iterator[tuple[Node, _Link]]:
        """Yield what is written for each node of a cluster."""
        person = found.nodes[0].profile.type == "person"  # a full name is enough, whatever else may be unclear
        if (person or not found.ambiguous) and any(node.profile.distinctive for node in found.nodes):
            yield from self._one(found.nodes, found.tree)
            return
        judged = [node for node in found.nodes if node.profile.own or node.profile.record]
        ids = {node.id for node in judged}
        tree = [edge for edge in found.tree if edge.decided and edge.a in ids and edge.b in ids]
        for members, within in _components({node.id: node for node in judged}, tree):
            yield from self._one(members, within)
        yield from ((node, _Link()) for node in found.nodes if node.id not in ids)

    def _one(self, nodes: list[Node], tree: list[Edge]) -> Iterator[tuple[Node, _Link]]:
        """Yield the link of each node of what is one entity."""
        first = _foremost(nodes)
        canonical = first.profile.record or first.profile.own or self.index.first_bearer(first.id)
        if len(nodes) == 1 and first.size == 1:
            yield first, _Link()
            return
        profiles = {node.id: node.profile for node in nodes}
        paths = _paths(first.id, tree)
        for node in nodes:
            path = paths[node.id]
            if not path:
                said = identical(node.profile)
                yield node, _Link(canonical, said.score, said.reason)
                continue
            certain = all(edge.decided for _, edge in path)
            yield node, _Link(canonical, min(edge.score for _, edge in path), _told(path, profiles), certain)

    def _publish_candidates(self) -> None:
        """Work out the pairs that are left to people: alike, but not joined, and not judged different."""
        gone = self.index.candidates(self.canonical, self.forgotten)
        found: dict[tuple[str, str], tuple[float, str]] = {}
        weak = [e for e in self.index.edges(self.canonical, review_from()) if e.score < join_from()]
        for edge in (*self.refused, *weak):
            pair = (self._stands_for(edge.a), self._stands_for(edge.b))
            if not all(pair) or pair[0] == pair[1] or {edge.a, edge.b} & self.alone:
                continue
            a, b = sorted(pair)
            found[a, b] = max(found.get((a, b), (0.0, "")), (edge.score, edge.reason))
        for pair in [pair for pair in found if self._judged(*pair)]:
            del found[pair]
        self.index.set_candidates(gone, found)
        for pair, said in gone.items():
            if found.get(pair) != said:
                self.remove += self._candidate(pair, said)
        for pair, said in sorted(found.items()):
            if gone.get(pair) != said:
                self.add += self._candidate(pair, said)

    def _stands_for(self, node: int) -> str:
        """Return the canonical node of a node's entities; nothing where each is its own and there are several."""
        if node not in self.canonical:
            self.canonical[node] = self.index.published(node)[0]
        if self.canonical[node]:
            return self.canonical[node]
        (found,) = self.index.nodes([node])
        return self.index.first_bearer(node) if found.size == 1 else ""

    def _judged(self, a: str, b: str) -> bool:
        """Return whether a person has said that something of one cluster is different from something of the other."""
        if not hasattr(self, "_apart"):
            self._apart = set()
            for one, two in self.different:
                left, right = (self._node_of(iri) for iri in (one, two))
                if left is not None and right is not None:
                    self._apart.add(frozenset((self._stands_for(left), self._stands_for(right))))
        return frozenset((a, b)) in self._apart

    # -- quads --------------------------------------------------------------------------------------------------

    def _rewrite(self, iri: str, canonical: str, link: _Link, label: Literal, *, anew: bool) -> None:
        """Write what the links say of an entity, in place of what they said."""
        if anew:
            self._unwrite(iri)
        entity = NamedNode(iri)
        self.add.append(Quad(entity, _CANONICAL, NamedNode(canonical), self.graph))
        if canonical == iri:
            self.add.append(Quad(entity, _LABEL, label, self.graph))
            return
        predicate = _SAME if link.certain else _CLOSE
        self.add.append(Quad(entity, predicate, NamedNode(canonical), self.graph))
        node = NamedNode(f"{self.store.base}link/{_mark(iri, canonical)}")
        self.add += self._scored(node, "Link", (iri, canonical), predicate, link.score, link.reason)

    def _unwrite(self, iri: str) -> None:
        for quad in self.store.dataset.quads_for_pattern(NamedNode(iri), None, None, self.graph):
            self.remove.append(quad)
            if quad.predicate in (_CLOSE, _SAME):
                link = NamedNode(f"{self.store.base}link/{_mark(iri, plain(quad.object))}")
                self.remove += self.store.dataset.quads_for_pattern(link, None, None, self.graph)

    def _candidate(self, pair: tuple[str, str], said: tuple[float, str]) -> list[Quad]:
        node = NamedNode(f"{self.store.base}candidate/{_mark(*pair)}")
        return self._scored(node, "Candidate", pair, _CLOSE, *said)

    def _scored(
        self, node: NamedNode, kind: str, pair: tuple[str, str], predicate: NamedNode, score: float, reason: str
    ) -> list[Quad]:
        values: list[tuple[NamedNode, NamedNode | Literal]] = [
            (_TYPE, NamedNode(CQ + kind)),
            (_TYPE, NamedNode(RDF + "Statement")),
            (NamedNode(RDF + "subject"), NamedNode(pair[0])),
            (NamedNode(RDF + "predicate"), predicate),
            (NamedNode(RDF + "object"), NamedNode(pair[1])),
            (NamedNode(CQ + "score"), Literal(f"{score:g}", datatype=_DECIMAL)),
            (NamedNode(CQ + "reason"), Literal(reason)),
        ]
        return [Quad(node, predicate, value, self.graph) for predicate, value in values]

    def _flush(self) -> None:
        """Write what has gathered of links that are made anew, so that it need not all be held in memory."""
        if not self.flushed:
            self.store.clear_graph("links")
        self.store.add_many(self.add)
        self.flushed, self.add = True, []

    def _write(self) -> bool:
        """Write what is left to be written; return whether the graph of links changed."""
        if self.flushed:
            self._flush()
            return True
        if self.fresh:
            changed = set(self.store.quads("links")) != set(self.add)
            if changed:
                self._flush()
            return changed
        removed, added = set(self.remove), set(self.add)
        if removed != added:
            self.store.change(removed - added, added - removed)
        return removed != added


@cache
def _method() -> str:
    """Return a mark of how links are made, which changes with this package's files."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.*")):
        if path.suffix in (".py", ".csv"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _mark(*names: str) -> str:
    return hashlib.sha256("\x00".join(names).encode()).hexdigest()[:16]


def _packed(entity: Entity) -> str:
    label = entity.label
    return json.dumps([entity.type, label.value, label.language, sorted(entity.names), entity.country])


def _unpacked(iri: str, text: str) -> Entity:
    kind, label, language, names, country = json.loads(text)
    return Entity(iri, kind, False, Literal(label, language=language or "en"), set(names), country)


def _components(nodes: dict[int, Node], edges: Iterable[Edge]) -> Iterator[tuple[list[Node], list[Edge]]]:
    """Yield the connected components of a graph, each with its nodes and edges."""
    head = {id: id for id in nodes}

    def find(id: int) -> int:
        while head[id] != id:
            head[id] = head[head[id]]
            id = head[id]
        return id

    kept = [edge for edge in edges if edge.a in head and edge.b in head]
    for edge in kept:
        head[find(edge.a)] = find(edge.b)
    members: dict[int, list[Node]] = defaultdict(list)
    within: dict[int, list[Edge]] = defaultdict(list)
    for id, node in nodes.items():
        members[find(id)].append(node)
    for edge in kept:
        within[find(edge.a)].append(edge)
    yield from ((members[id], within[id]) for id in members)


def _foremost(nodes: list[Node]) -> Node:
    """Return the node whose name stands for a cluster: a record, else the commonest of the fullest kind of name."""
    counts: dict[str, int] = defaultdict(int)
    for node in nodes:
        counts[node.profile.name] += node.size

    def rank(node: Node) -> tuple[object, ...]:
        what = node.profile
        short = what.acronym or len(what.parts) == 1
        # The commonest only by orders of magnitude, so that the choice seldom changes as documents are added.
        common = counts[what.name].bit_length()
        return (not what.record, short, -common, -len(what.name), what.name, -node.size.bit_length(), what.signature)

    return min(nodes, key=rank)


def _paths(start: int, tree: Iterable[Edge]) -> dict[int, list[tuple[int, Edge]]]:
    """Return for each node of a tree the way to one of them: each node that is left, with the edge that is taken."""
    beside: dict[int, list[Edge]] = defaultdict(list)
    for edge in tree:
        beside[edge.a].append(edge)
        beside[edge.b].append(edge)
    paths: dict[int, list[tuple[int, Edge]]] = {start: []}
    front = [start]
    for node in front:  # grows while it is read
        for edge in beside[node]:
            other = edge.b if edge.a == node else edge.a
            if other not in paths:
                paths[other] = [(other, edge), *paths[node]]
                front.append(other)
    return paths


def _told(path: list[tuple[int, Edge]], profiles: dict[int, Profile]) -> str:
    """Return why a node is joined with the canonical one: the reasons along the way between them."""
    parts = []
    for at, (node, edge) in enumerate(path):
        parts.append(f"{' '.join(profiles[node].parts)}: {edge.reason}" if at else edge.reason)
    return "; then ".join(dict.fromkeys(parts))
