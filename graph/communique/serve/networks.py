"""The network of a filtered set: its strongest nodes with their edges, placed; and paths between two nodes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.serve.arrays import Ints, Mask
from communique.serve.facets import as_date
from communique.serve.index import Edges, Index, Node
from communique.serve.placing import arrange
from communique.vocab import CQ

_ARRANGED = 400  # nodes up to which a picture is laid out afresh with room for labels
_HOPS = 6
_PATHS = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """A network under a filter: statements behind each edge, and those of all edges of each node added up."""

    edge: NDArray[np.int64]
    node: NDArray[np.int64]
    rows: Mask


def weigh(index: Index, edges: Edges, mask: Mask) -> Weights:
    """Return how much of a network a set of statements supports."""
    rows = mask[edges.statement]
    weight = np.bincount(edges.edge[rows & edges.first], minlength=len(edges.source))
    node = np.bincount(edges.source, weight, minlength=index.node_count)
    node += np.bincount(edges.target, weight, minlength=index.node_count)
    return Weights(weight, node.astype(np.int64), rows)


@dataclass(frozen=True, slots=True)
class Shown:
    """The strongest part of a network: the numbers of its nodes and edges, and how much there is of both."""

    nodes: NDArray[np.intp]
    edges: NDArray[np.intp]
    total_nodes: int
    total_edges: int

    def counts(self) -> dict[str, Any]:
        """Return what every answer says about it."""
        left_out = {"nodes": self.total_nodes - len(self.nodes), "edges": self.total_edges - len(self.edges)}
        return {"total_nodes": self.total_nodes, "total_edges": self.total_edges, "left_out": left_out}


def strongest(index: Index, edges: Edges, weights: Weights, limit: int, focus: tuple[int, ...] = ()) -> Shown:
    """Return the ``limit`` strongest nodes that have an edge among them, and all edges between them.

    With ``focus`` only those nodes and their neighbours are in question, and those nodes are always shown.
    """
    alive = weights.edge > 0
    if focus:
        alive &= _around(index, edges, alive, focus)
    strength = np.bincount(edges.source[alive], weights.edge[alive], minlength=index.node_count)
    strength += np.bincount(edges.target[alive], weights.edge[alive], minlength=index.node_count)
    present = np.flatnonzero(strength)
    first = np.zeros(index.node_count, dtype=np.bool_)
    first[list(focus)] = True
    order = present[np.lexsort((present, -strength[present], ~first[present]))][:limit]
    chosen = np.zeros(index.node_count, dtype=np.bool_)
    chosen[order] = True
    shown = np.flatnonzero(alive & chosen[edges.source] & chosen[edges.target])
    joined = np.unique(np.concatenate((edges.source[shown], edges.target[shown]))).astype(np.intp)
    return Shown(joined, shown, len(present), int(alive.sum()))


def network(
    index: Index, mask: Mask, view: str, limit: int = 60, focus: tuple[int, ...] = (), *, placed: bool = True
) -> dict[str, Any]:
    """Return the network of a set of statements: the ``limit`` strongest nodes, and all edges between them.

    With ``focus`` only those nodes and their neighbours are in question, and those nodes are always shown. Without
    ``placed`` nobody asks where they stand.
    """
    edges = index.edges(view)
    weights = weigh(index, edges, mask)
    shown = strongest(index, edges, weights, limit, focus)
    nodes = index.nodes(shown.nodes.tolist())
    return {
        "view": view,
        "nodes": _nodes(index, edges, nodes, shown.edges, weights, placed),
        "edges": _edges(index, edges, nodes, shown.edges, weights),
        **shown.counts(),
        "statements": int(mask.sum()),
    }


def columns(index: Index, mask: Mask, view: str, limit: int) -> dict[str, Any]:
    """Return the same as columns, a tenth of the work to make and to read: for thousands of nodes.

    Nodes come in the order of their strength; edges name their ends by place in it, days are numbers (20210527), and
    who claims what is left to the evidence of an edge.
    """
    edges = index.edges(view)
    weights = weigh(index, edges, mask)
    shown = strongest(index, edges, weights, limit)
    order = shown.nodes[np.lexsort((shown.nodes, -weights.node[shown.nodes]))]
    place = np.zeros(index.node_count, dtype=np.int32)
    place[order] = np.arange(len(order))
    source, target = edges.source[shown.edges], edges.target[shown.edges]
    degree = np.bincount(np.concatenate((source, target)), minlength=index.node_count)
    points = edges.points.reshape(-1, 2)[np.searchsorted(edges.placed, order)]
    names = index.names(order.tolist())
    types = sorted({kind for _, _, kind in names})
    code = {kind: number for number, kind in enumerate(types)}
    first, last = _days(index, edges, weights.rows)
    return {
        "view": view,
        "base": index.base,
        "types": types,
        "nodes": {
            "id": [iri.removeprefix(index.base) for iri, _, _ in names],
            "label": [label for _, label, _ in names],
            "type": [code[kind] for _, _, kind in names],
            "statements": weights.node[order].tolist(),
            "degree": degree[order].tolist(),
            "x": points[:, 0].round().astype(np.int32).tolist(),
            "y": points[:, 1].round().astype(np.int32).tolist(),
        },
        "relations": edges.relations,
        "modalities": [each.removeprefix(CQ) for each in edges.modalities],
        "edges": {
            "source": place[source].tolist(),
            "target": place[target].tolist(),
            "weight": weights.edge[shown.edges].tolist(),
            "relation": edges.relation[shown.edges].tolist(),
            "modality": edges.modality[shown.edges].tolist(),
            "first": np.where(last, first, 0)[shown.edges].tolist(),
            "last": last[shown.edges].tolist(),
        },
        **shown.counts(),
        "statements": int(mask.sum()),
    }


def _around(index: Index, edges: Edges, alive: Mask, focus: tuple[int, ...]) -> Mask:
    """Return the edges among some nodes and their neighbours."""
    near = np.zeros(index.node_count, dtype=np.bool_)
    near[list(focus)] = True
    touching = alive & (near[edges.source] | near[edges.target])
    near[edges.source[touching]] = True
    near[edges.target[touching]] = True
    found: Mask = near[edges.source] & near[edges.target]
    return found


def _nodes(
    index: Index, edges: Edges, nodes: dict[int, Node], shown: NDArray[np.intp], weights: Weights, placed: bool
) -> list[dict[str, Any]]:
    source, target = edges.source[shown], edges.target[shown]
    degree = np.bincount(np.concatenate((source, target)), minlength=index.node_count)
    points = _points(edges, nodes, source, target) if placed else dict.fromkeys(nodes, (0.0, 0.0))
    return [
        {
            "id": node.iri,
            "iri": node.iri,
            "label": node.label,
            "type": node.type,
            "country": node.country,
            "lat": node.lat,
            "lon": node.lon,
            "degree": int(degree[number]),
            "statements": int(weights.node[number]),
            "x": points[number][0],
            "y": points[number][1],
        }
        for number, node in sorted(nodes.items(), key=lambda item: (-weights.node[item[0]], item[0]))
    ]


def _points(edges: Edges, nodes: dict[int, Node], source: Ints, target: Ints) -> dict[int, tuple[float, float]]:
    """Return where nodes stand: arranged afresh if they are few, else where they stand in the whole network."""
    if len(nodes) <= _ARRANGED:
        return arrange(source, target, {number: len(node.label) for number, node in nodes.items()})
    where = np.searchsorted(edges.placed, np.fromiter(nodes, dtype=np.int32))
    found = edges.points.reshape(-1, 2)[where].tolist()
    return {number: (x, y) for number, (x, y) in zip(nodes, found, strict=True)}


def _edges(
    index: Index, edges: Edges, nodes: dict[int, Node], shown: NDArray[np.intp], weights: Weights
) -> list[dict[str, Any]]:
    said = claimants(index, edges, shown, weights.rows)
    periods = _periods(index, edges, shown, weights.rows)
    found: list[dict[str, Any]] = []
    for number in shown.tolist():
        source, target = nodes[int(edges.source[number])], nodes[int(edges.target[number])]
        relation, modality = relation_of(edges, number)
        first, last = periods[number]
        found.append(
            {
                "number": number,
                "id": edge_id(source.iri, target.iri, relation, modality),
                "source": source.iri,
                "target": target.iri,
                "relation": relation,
                "modality": modality,
                "alleged": bool(modality),
                "weight": int(weights.edge[number]),
                "claimants": said.get(number, []),
                "first": first,
                "last": last,
            }
        )
    found.sort(key=lambda each: (-each["weight"], each["id"]))
    return found


def relation_of(edges: Edges, number: int) -> tuple[str, str]:
    """Return relation and modality of an edge as words."""
    modality = edges.modalities[edges.modality[number]]
    return edges.relations[edges.relation[number]], modality.removeprefix(CQ)


def edge_id(source: str, target: str, relation: str, modality: str) -> str:
    """Return a short name of an edge, the same as long as its ends, relation and modality are."""
    return hashlib.sha256("\x00".join((source, target, relation, modality)).encode()).hexdigest()[:16]


def claimants(index: Index, edges: Edges, shown: NDArray[np.intp], rows: Mask) -> dict[int, list[str]]:
    """Return the labels of those who say what each edge says."""
    wanted = np.zeros(len(edges.source), dtype=np.bool_)
    wanted[shown] = True
    picked = rows & wanted[edges.edge]
    pairs = np.unique(np.stack((edges.edge[picked], edges.claimant[picked]), axis=1), axis=0)
    labels = {number: node.label for number, node in index.nodes(set(pairs[:, 1].tolist())).items()}
    found: dict[int, list[str]] = {}
    for edge, claimant in pairs.tolist():
        found.setdefault(edge, []).append(labels[claimant])
    return {edge: sorted(set(names)) for edge, names in found.items()}


def _periods(index: Index, edges: Edges, shown: NDArray[np.intp], rows: Mask) -> dict[int, tuple[str, str]]:
    """Return the first and the last day on which each edge was said."""
    first, last = _days(index, edges, rows)
    return {
        number: (as_date(int(first[number])), as_date(int(last[number]))) if last[number] else ("", "")
        for number in shown.tolist()
    }


def _days(index: Index, edges: Edges, rows: Mask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and the last day on which every edge was said, as numbers; a last one of 0 where none is."""
    first = np.full(len(edges.source), 99999999, dtype=np.int64)
    last = np.zeros(len(edges.source), dtype=np.int64)
    day = index.ints("day")[edges.statement]
    dated = rows & (day > 0)
    np.minimum.at(first, edges.edge[dated], day[dated])
    np.maximum.at(last, edges.edge[dated], day[dated])
    return first, last


def paths(index: Index, mask: Mask, view: str, begin: int, end: int) -> dict[str, Any]:
    """Return up to five shortest paths between two nodes, whichever way the edges point."""
    edges = index.edges(view)
    weights = weigh(index, edges, mask)
    beside = _neighbours(edges, weights.edge)
    found = _shortest(beside, begin, end)
    hops = [list(pairwise(path)) for path in found]
    between = {pair: beside[pair[0]][pair[1]] for path in hops for pair in path}
    shown = np.array(sorted({number for numbers in between.values() for number in numbers}), dtype=np.intp)
    nodes = index.nodes({node for path in found for node in path})
    described = dict(zip(shown.tolist(), _in_order(index, edges, nodes, shown, weights), strict=True))
    return {
        "view": view,
        "paths": [
            {
                "nodes": [{"iri": nodes[n].iri, "label": nodes[n].label, "type": nodes[n].type} for n in path],
                "hops": [
                    described[number] | {"forward": described[number]["source"] == nodes[step[0]].iri}
                    for step in steps
                    for number in between[step][:1]
                ],
            }
            for path, steps in zip(found, hops, strict=True)
        ],
        "total": len(found),
        "left_out": 0,
    }


def _in_order(
    index: Index, edges: Edges, nodes: dict[int, Node], shown: NDArray[np.intp], weights: Weights
) -> list[dict[str, Any]]:
    by_id = {each["id"]: each for each in _edges(index, edges, nodes, shown, weights)}
    ids = (
        edge_id(nodes[int(edges.source[n])].iri, nodes[int(edges.target[n])].iri, *relation_of(edges, n))
        for n in shown.tolist()
    )
    return [by_id[each] for each in ids]


def _neighbours(edges: Edges, weight: NDArray[np.int64]) -> dict[int, dict[int, list[int]]]:
    """Return the edges between each node and its neighbours, the strongest first."""
    alive = np.flatnonzero(weight)
    beside: dict[int, dict[int, list[int]]] = {}
    ends = zip(alive.tolist(), edges.source[alive].tolist(), edges.target[alive].tolist(), strict=True)
    for number, source, target in ends:
        beside.setdefault(source, {}).setdefault(target, []).append(number)
        beside.setdefault(target, {}).setdefault(source, []).append(number)
    for here in beside.values():
        for there, numbers in here.items():
            here[there] = sorted(set(numbers), key=lambda number: (-weight[number], number))
    return beside


def _shortest(beside: dict[int, dict[int, list[int]]], begin: int, end: int) -> list[list[int]]:
    """Return the shortest paths, in the order of their nodes' numbers: breadth first, keeping every way in."""
    before: dict[int, list[int]] = {begin: []}
    front = [begin]
    for _ in range(_HOPS):
        if end in before or not front:
            break
        reached: dict[int, list[int]] = {}
        for node in front:
            for other in sorted(beside.get(node, ())):
                if other not in before:
                    reached.setdefault(other, []).append(node)
        before |= reached
        front = sorted(reached)
    if end not in before or begin == end:
        return []
    found: list[list[int]] = []
    stack = [[end]]
    while stack and len(found) < _PATHS:
        path = stack.pop()
        if path[0] == begin:
            found.append(path)
        stack.extend([node, *path] for node in reversed(before[path[0]]))
    return found
