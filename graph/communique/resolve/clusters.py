"""Joins profiles into clusters: which of them are one entity, given what speaks for each pair and what people decided.

Edges are taken in order: first what people decided, latest first; then by score, highest first, ties by the profiles
themselves. An edge joins the clusters of its two ends unless

- a person has said that something in the one is different from something in the other,
- something rules it out: two authority records, two countries, given names that cannot be one person's,
- it is *ambiguous*: one of the clusters is as likely to belong to a third one that the other cannot be joined with
  ("Border Watch" without a country, where two countries have one; an acronym of two bodies; a surname and a title that
  two people share, unless one of them bears both twenty times as often as the other).

What is decided in one connected component depends on nothing outside it, nor on any order of arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from communique.resolve.compare import compatible
from communique.resolve.profile import Profile

_MARGIN = 0.1
"""A rival is as likely if its score is not lower by more than this."""
_FEW = 20
"""To whom a surname and a title belong is clear if one person bears both so many times as often as any other."""


@dataclass(frozen=True, slots=True)
class Node:
    """A profile and how many entities bear it."""

    id: int
    profile: Profile
    size: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What speaks for two nodes being one; ``decided`` is when a person said so, and then ``reason`` says who."""

    a: int
    b: int
    score: float
    reason: str
    decided: str = ""


@dataclass(slots=True)
class Cluster:
    """Nodes that are one entity, and the edges that joined them (a tree).

    ``ambiguous`` says that nobody can tell to which of several others it belongs: its bearers, who have no more than
    its name in common, are then not one either.
    """

    nodes: list[Node]
    tree: list[Edge] = field(default_factory=list)
    ambiguous: bool = False

    @property
    def size(self) -> int:
        """How many entities it holds."""
        return sum(node.size for node in self.nodes)


class _Joining:
    """The state of joining the nodes of one component."""

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge], different: Mapping[int, set[int]]) -> None:
        ordered = sorted(nodes, key=lambda node: node.profile.signature)
        rank = {node.id: at for at, node in enumerate(ordered)}
        self.clusters = {node.id: Cluster([node]) for node in ordered}
        self.of = {node.id: node.id for node in ordered}
        self.different = different
        self.edges = sorted(edges, key=lambda e: (-e.score, *sorted((rank[e.a], rank[e.b]))))
        self.decided = sorted((e for e in self.edges if e.decided), key=lambda e: e.decided, reverse=True)
        self.near: dict[int, dict[int, float]] = defaultdict(dict)
        for edge in self.edges:
            for one, two in ((edge.a, edge.b), (edge.b, edge.a)):
                self.near[one][two] = max(edge.score, self.near[one].get(two, 0.0))
        self._excluded: dict[tuple[str, str], bool] = {}
        # A group is what scores have joined; people may join groups whose names scores would never have joined.
        self.group = {node.id: node.id for node in ordered}
        self.groups = {node.id: {node.id} for node in ordered}
        self.kinds = {node.id: {_kind_of(node.profile): node.profile} for node in ordered}

    def run(self) -> list[Cluster]:
        for edge in self.decided:
            self.join(edge)
        waiting = [edge for edge in self.edges if not edge.decided]
        while True:
            left = [edge for edge in waiting if not self.join(edge)]
            left = [edge for edge in left if self.of[edge.a] != self.of[edge.b]]
            if len(left) == len(waiting):
                return list(self.clusters.values())
            for cluster in self.clusters.values():
                cluster.ambiguous = False
            waiting = left

    def join(self, edge: Edge) -> bool:
        """Join the clusters of an edge's ends where nothing is against it; return whether they are one now."""
        one, two = self.of[edge.a], self.of[edge.b]
        if one == two:
            return True
        if self.judged_different(one, two) or self.excluded(one, two, edge):
            return False
        if not edge.decided:
            unclear = [side for side, other in ((one, two), (two, one)) if self.rivals(side, other, edge.score)]
            for side in unclear:
                self.clusters[side].ambiguous = True
            if unclear:
                return False
        self.unite(one, two, edge)
        return True

    def judged_different(self, one: int, two: int) -> bool:
        there = {node.id for node in self.clusters[two].nodes}
        return any(self.different.get(node.id, set()) & there for node in self.clusters[one].nodes)

    def excluded(self, one: int, two: int, edge: Edge | None = None) -> bool:
        """Return whether something other than a person's judgement rules out that two clusters are one.

        For an edge that scores found, that is decided by the two groups that it leads between; for none, by any two.
        """
        left, right = self._kinds(one), self._kinds(two)
        if any(a.type != b.type or bool(a.record and b.record) for a in left for b in right):
            return True
        if edge is not None and edge.decided:
            return False
        if edge is not None:
            return self._exclude(self.group[edge.a], self.group[edge.b])
        return all(self._exclude(a, b) for a in self.groups[one] for b in self.groups[two])

    def _kinds(self, cluster: int) -> list[Profile]:
        return [each for group in self.groups[cluster] for each in self.kinds[group].values()]

    def _exclude(self, one: int, two: int) -> bool:
        return any(self._incompatible(a, b) for a in self.kinds[one].values() for b in self.kinds[two].values())

    def _incompatible(self, a: Profile, b: Profile) -> bool:
        pair = (_kind_of(a), _kind_of(b))
        if pair not in self._excluded:
            self._excluded[pair] = self._excluded[pair[1], pair[0]] = not compatible(a, b)
        return self._excluded[pair]

    def rivals(self, side: int, other: int, score: float) -> bool:
        """Return whether a cluster is as likely to belong to a third one that the other cannot be joined with."""
        acronyms = all(node.profile.acronym for node in self.clusters[side].nodes)
        for third, likely in self.near[side].items():
            if third == other or likely < score - _MARGIN:
                continue
            apart = self.excluded(third, other) or (acronyms and third not in self.near[other])
            if apart and not self._few(side, third, other):
                return True
        return False

    def _few(self, side: int, third: int, other: int) -> bool:
        """Return whether hardly anybody is meant by a surname and title but the one person."""
        nodes = self.clusters[side].nodes
        if nodes[0].profile.type != "person":
            return False
        nodes = [node for node in nodes if len(node.profile.parts) == 1]
        titles = {title for node in nodes for title in node.profile.titles}
        rival, known = (
            sum(node.size for node in self.clusters[each].nodes if titles.intersection(node.profile.titles))
            for each in (third, other)
        )
        return rival * _FEW <= known

    def unite(self, one: int, two: int, edge: Edge) -> None:
        keep, gone = (one, two) if len(self.clusters[one].nodes) >= len(self.clusters[two].nodes) else (two, one)
        kept, lost = self.clusters[keep], self.clusters.pop(gone)
        kept.nodes += lost.nodes
        kept.tree += [*lost.tree, edge]
        self.groups[keep] |= self.groups.pop(gone)
        if not edge.decided:
            self._unite_groups(keep, self.group[edge.a], self.group[edge.b])
        for node in lost.nodes:
            self.of[node.id] = keep
        for third, score in self.near.pop(gone).items():
            self.near[third].pop(gone, None)
            if third != keep:
                self.near[keep][third] = self.near[third][keep] = max(score, self.near[keep].get(third, 0.0))
        self.near[keep].pop(gone, None)

    def _unite_groups(self, cluster: int, one: int, two: int) -> None:
        self.kinds[one] |= self.kinds.pop(two)
        self.groups[cluster].discard(two)
        for node in self.clusters[cluster].nodes:
            if self.group[node.id] == two:
                self.group[node.id] = one


def _kind_of(profile: Profile) -> str:
    """Return what decides with which profiles a profile is compatible."""
    if profile.record:
        return profile.record
    return f"{profile.type} {'-'.join(profile.parts) if profile.type == 'person' else profile.country}"


def cluster(nodes: Iterable[Node], edges: Iterable[Edge], different: Mapping[int, set[int]]) -> list[Cluster]:
    """Return the clusters of the nodes of one component.

    Args:
        nodes: the nodes.
        edges: what speaks for pairs of them, from the score on from which entities are joined.
        different: for a node those that a person has said to be different from it.
    """
    return _Joining(nodes, edges, different).run()
