"""Measures of a network's nodes: degree, betweenness, PageRank, communities.

They are taken on the simple network: parallel edges (several relations, several modalities) are one edge whose weight
is the number of their statements together, and edges from a node to itself are left out. networkx defines what is
meant; the two that it would take minutes for are computed by faster libraries, to the same values (betweenness) or by
the better algorithm (communities).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, TypeAlias

import graspologic_native
import networkx as nx
import rustworkx
from pyoxigraph import Literal, NamedNode

from communique import ask
from communique.errors import UsageError
from communique.network import Network
from communique.vocab import XSD

_SEED = 1  # of the one random choice in Leiden's algorithm: where several moves are equally good
_SERIAL = 2000  # nodes up to which one thread adds up, so that not even the last digit differs between runs
_DIGITS = 9
_DECIMAL = NamedNode(XSD + "decimal")

Simple: TypeAlias = Any  # a networkx DiGraph or Graph: their stubs share no type that has in-degrees


@dataclass(frozen=True, slots=True)
class Measures:
    """What a node is in its network.

    ``degree``, ``in_degree`` and ``out_degree`` count edges of the simple network: each other node once in each
    direction (of a network without direction all three are the number of neighbours). ``statements`` is the weight of
    these edges. ``betweenness`` is the share of shortest paths between others that lead through it (Freeman; in the
    direction of the edges, unweighted, exact, 0 to 1). ``pagerank`` weighs edges by statements (damping 0.85; the sum
    of all is 1). ``community`` is the number of the group it is in, 1 for the largest (Leiden's algorithm on
    modularity, edges weighed by statements, without direction; Traag, Waltman and van Eck 2019).
    """

    degree: int
    in_degree: int
    out_degree: int
    statements: int
    betweenness: float
    pagerank: float
    community: int


NAMES = tuple(field.name for field in fields(Measures))


def measure(network: Network) -> dict[str, Measures]:
    """Return the measures of all nodes, in the network's order."""
    simple = _simple(network)
    degrees = dict(simple.degree())
    ins = dict(simple.in_degree()) if simple.is_directed() else degrees
    outs = dict(simple.out_degree()) if simple.is_directed() else degrees
    weights = dict(simple.degree(weight="weight"))
    between, rank, groups = _betweenness(simple), _pagerank(simple), _communities(simple)
    return {
        node: Measures(degrees[node], ins[node], outs[node], weights[node], between[node], rank[node], groups[node])
        for node in network
    }


def attach(network: Network) -> Network:
    """Write the measures of each node into its attributes, and return the network."""
    for node, found in measure(network).items():
        network.nodes[node].update(asdict(found))
    return network


def table(network: Network, by: str = "pagerank", limit: int = 0) -> ask.Answer:
    """Return the nodes with their measures as an answer, the highest of one measure first; ``community`` counts up.

    Raises:
        UsageError: there is no such measure.
    """
    if by not in NAMES:
        raise UsageError(f"there is no measure {by!r}", remedy=f"one of {', '.join(NAMES)}")
    down = 1 if by == "community" else -1
    found = sorted(measure(network).items(), key=lambda item: (down * getattr(item[1], by), -item[1].pagerank, item[0]))
    rows = [
        (NamedNode(node), Literal(data["label"]), Literal(data["type"]), *map(_literal, asdict(measures).values()))
        for node, measures in found[: limit or None]
        for data in (network.nodes[node],)
    ]
    return ask.Answer("select", ("node", "nodeLabel", "type", *NAMES), found=rows)


def _literal(value: float) -> Literal:
    return Literal(value) if isinstance(value, int) else Literal(f"{value:.{_DIGITS}f}", datatype=_DECIMAL)


def _simple(network: Network) -> Simple:
    simple: Simple = nx.DiGraph() if network.is_directed() else nx.Graph()
    simple.add_nodes_from(network)
    for source, target, data in network.edges(data=True):
        if source != target:
            before = simple.edges[source, target]["weight"] if simple.has_edge(source, target) else 0
            simple.add_edge(source, target, weight=before + data["weight"])
    return simple


def _betweenness(simple: Simple) -> dict[str, float]:
    """Return what ``networkx.betweenness_centrality`` returns, to nine digits."""
    nodes = list(simple)
    numbers = {node: number for number, node in enumerate(nodes)}
    copy = (rustworkx.PyDiGraph if simple.is_directed() else rustworkx.PyGraph)(multigraph=False)
    copy.add_nodes_from(nodes)
    copy.add_edges_from_no_data([(numbers[source], numbers[target]) for source, target in simple.edges])
    threads_from = 50 if len(nodes) > _SERIAL else len(nodes) + 1
    found = rustworkx.betweenness_centrality(copy, normalized=True, parallel_threshold=threads_from)
    return {node: round(found[number], _DIGITS) for number, node in enumerate(nodes)}


def _pagerank(simple: Simple) -> dict[str, float]:
    found: dict[str, float] = nx.pagerank(simple, tol=1e-10, max_iter=1000) if len(simple) else {}
    return {node: round(rank, _DIGITS) for node, rank in found.items()}


def _communities(simple: Simple) -> dict[str, int]:
    """Return the number of each node's community: the largest is 1; of equal ones that with the first node."""
    weights: dict[tuple[str, str], float] = {}
    for source, target, weight in simple.edges(data="weight"):
        ends = (source, target) if source < target else (target, source)
        weights[ends] = weights.get(ends, 0.0) + weight
    edges = [(source, target, weight) for (source, target), weight in sorted(weights.items())]
    found = graspologic_native.leiden(edges, seed=_SEED)[1] if edges else {}
    members: dict[object, list[str]] = {}
    for node in sorted(simple):
        members.setdefault(found.get(node, node), []).append(node)
    ranked = sorted(members.values(), key=lambda group: (-len(group), group[0]))
    return {node: number for number, group in enumerate(ranked, start=1) for node in group}
