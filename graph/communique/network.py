"""Networks of who addresses, accuses or mentions whom: named queries give the rows, this module adds them up.

Each view is the named query ``view-NAME``, which returns one row for every statement that supports an edge; its
definition stands in the query's header and in ``docs/networks.md``. Rows with the same source, target, relation and
modality become one edge: what one side asserts and another denies stays two edges, each with its claimants.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import Literal, NamedNode

from communique import ask
from communique.errors import UsageError
from communique.store import Store
from communique.vocab import CQ, GEO

if TYPE_CHECKING:
    import networkx as nx

# MultiDiGraph is a subclass; a view without direction (co-addressed) is a plain MultiGraph.
Network: TypeAlias = "nx.MultiGraph[str]"
Row = Mapping[str, str]
Point = tuple[float, float]
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """A way to see the graph as a network."""

    name: str
    title: str
    directed: bool = True


VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        View("addresses", "Who addresses whom"),
        View("accuses", "Who accuses whom, as alleged in statements"),
        View("co-addressed", "Who is addressed together", directed=False),
        View("mentions", "Who mentions whom, and which places"),
        View("all", "Issuers, recipients and reported events"),
    )
}
# The local name of a class -> a node's type, most telling first: a state is also a place.
_TYPES = {
    "State": "state",
    "Country": "state",
    "Person": "person",
    "Organization": "organization",
    "Post": "office",
    "Place": "place",
    "DescribedGroup": "group",
    "Instrument": "instrument",
    "ReportedEvent": "event",
}
NODE_TYPES = (*dict.fromkeys(_TYPES.values()), "other")
_CLAIMS = {"denied": "denied", "hypothetical": "hypothetical", "planned": "alleged plan"}
_POINT = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)")


def build_network(
    store: Store,
    view: str,
    *,
    groups: bool = False,
    since: str = "",
    until: str = "",
    statements: Collection[str] | None = None,
) -> Network:
    """Return a view of the graph as a network whose nodes are canonical IRIs.

    ``groups`` adds groups that are only described ("prisoners"); ``since`` and ``until`` (YYYY, YYYY-MM or YYYY-MM-DD)
    limit the statements to a period, ``statements`` to those of these IRIs.

    Nodes carry ``iri``, ``label``, ``type``, ``country`` and, where the authority graph knows them, ``lat`` and
    ``lon``. Edges carry ``relation``, ``weight`` (number of statements), ``first`` and ``last`` (days), ``statements``
    (IRIs), ``claimants`` (labels), ``modality``, ``events`` (IRIs), ``event_types``, ``alleged`` (whether the edge
    rests on a reported event: what a statement claims, not what is so) and, where known, ``confidence`` (the highest).
    Nodes and edges come in a fixed order.

    Raises:
        UsageError: there is no such view, or ``since`` or ``until`` is no date.
    """
    parameters = view_parameters(store, view, groups=groups, since=since, until=until)
    rows: Iterator[Row] = ask.records(store, f"view-{view}", parameters)
    if statements is not None:
        rows = (row for row in rows if row["statement"] in statements)
    return add_up(rows, VIEWS[view], _located(store))


def view_parameters(
    store: Store, view: str, *, groups: bool = False, since: str = "", until: str = ""
) -> dict[str, str]:
    """Return the parameters of a view's query, checked.

    Raises:
        UsageError: there is no such view, or ``since`` or ``until`` is no date.
    """
    if view not in VIEWS:
        raise UsageError(f"there is no view {view!r}", remedy=f"choose one of: {', '.join(VIEWS)}")
    parameters = {"groups": "yes" if groups else "no", "since": since, "until": until}
    ask.bind(ask.named_query(f"view-{view}"), parameters, store)
    return parameters


def add_up(rows: Iterable[Row], view: View, located: Mapping[str, Mapping[str, str | float]]) -> Network:
    """Return the network of the rows; ``located`` gives country and coordinates of nodes by IRI."""
    import networkx as nx  # a fifth of a second: whoever only needs the names of views does without

    nodes: dict[str, _Node] = {}
    edges: dict[tuple[str, str, str, str], _Edge] = {}
    for row in rows:
        ends = (row["source"], row["target"])
        for end, iri in zip(("source", "target"), ends, strict=True):
            node = nodes.get(iri)
            if node is None:
                node = nodes[iri] = _Node()
            node.add(row, end)
        source, target = ends if view.directed else sorted(ends)
        key = (source, target, _local(row.get("relation", "")), _local(row.get("modality", "")))
        edge = edges.get(key)
        if edge is None:
            edge = edges[key] = _Edge()
        edge.add(row)
    network: Network = nx.MultiDiGraph() if view.directed else nx.MultiGraph()
    network.graph.update(view=view.name, title=view.title)
    for iri in sorted(nodes):
        network.add_node(iri, **(nodes[iri].attributes(iri) | dict(located.get(iri, {}))))
    for (source, target, relation, modality), edge in sorted(edges.items(), key=lambda item: item[0]):
        key_name = f"{relation} {modality}".strip()
        network.add_edge(
            source, target, key=key_name, relation=relation, modality=modality, **edge.attributes(modality)
        )
    return network


def strongest(network: Network, limit: int) -> Network:
    """Return the part of the network between the ``limit`` nodes that most statements concern, in the same order."""
    strength = dict(network.degree(weight="weight"))
    ranked = sorted(network, key=lambda node: (-strength[node], node))
    part = network.copy()  # not a subgraph view: that goes through sets, whose order differs from run to run
    part.remove_nodes_from(ranked[limit:])
    part.remove_nodes_from([node for node in ranked[:limit] if part.degree(node) == 0])
    return part


@dataclass(slots=True)
class _Node:
    labels: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)

    def add(self, row: Row, end: str) -> None:
        self.labels.add(row.get(f"{end}Label", ""))
        self.types.add(_local(row.get(f"{end}Type", "")))

    def attributes(self, iri: str) -> dict[str, str | float]:
        kind = next((name for local, name in _TYPES.items() if self.types & {local, name}), "other")
        label = min(self.labels - {""}, default=iri.rpartition("/")[2])
        return {"iri": iri, "label": label, "type": kind, "country": ""}


@dataclass(slots=True)
class _Edge:
    """What the rows of an edge say; lists, since a million sets of one or two take gigabytes."""

    statements: list[str] = field(default_factory=list)
    claimants: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    event_types: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    confidence: float = 0.0

    def add(self, row: Row) -> None:
        self.statements.append(row["statement"])
        if claimant := row.get("claimantLabel") or row.get("claimant"):
            self.claimants.append(claimant)
        if date := row.get("date"):
            self.dates.append(date[:10])
        if kind := row.get("eventType"):
            self.event_types.append(_local(kind))
        if event := row.get("event"):
            self.events.append(event)
        for end in ("source", "target"):
            if row.get(f"{end}Type") == "event":
                self.events.append(row[end])
        self.confidence = max(self.confidence, float(row.get("confidence") or 0))

    def attributes(self, modality: str) -> dict[str, object]:
        known = {"confidence": self.confidence} if self.confidence else {}
        statements = tuple(sorted(set(self.statements)))
        return known | {
            "weight": len(statements),
            "first": min(self.dates, default=""),
            "last": max(self.dates, default=""),
            "statements": statements,
            "claimants": tuple(sorted(set(self.claimants))),
            "event_types": tuple(sorted(set(self.event_types))),
            "events": tuple(sorted(set(self.events))),
            "alleged": bool(modality),
        }


def edge_label(data: Mapping[str, Any]) -> str:
    """Return what an edge says in words: its relation and, where it rests on a reported event, that it is a claim."""
    relation, types = str(data["relation"]), ", ".join(data["event_types"])
    if not data["alleged"]:
        return relation
    if relation == "accuses" and types:
        relation = f"accuses of {types}"
    return f"{relation} ({_CLAIMS.get(str(data['modality']), 'alleged')})"


@lru_cache(maxsize=4096)
def _local(iri: str) -> str:
    return re.split(r"[/#:]", iri)[-1]


def _located(store: Store) -> dict[str, dict[str, str | float]]:
    """Return country and coordinates of every entity that has them."""
    found: dict[str, dict[str, str | float]] = {}
    for node, country in _pairs(store, CQ + "countryCode"):
        found.setdefault(node, {})["country"] = country
    points = dict(_pairs(store, GEO + "asWKT"))
    for node, geometry in _pairs(store, GEO + "hasGeometry"):
        if point := _POINT.search(points.get(geometry, "")):
            found.setdefault(node, {}).update(lon=float(point[1]), lat=float(point[2]))
    return found


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _pairs(store: Store, predicate: str) -> list[tuple[str, str]]:
    quads = store.dataset.quads_for_pattern(None, NamedNode(predicate), None, None)
    return sorted((_name(q.subject), _name(q.object)) for q in quads)


# --- layout: where each node stands in a picture ---------------------------------------------------------------------

_STEPS = 160  # of the simulation; more of them changed no picture that was looked at
_GRAVITY = 0.25
_CROWD = 12  # from so many nodes on, a part is fitted to a page
_ROOM = 1.7  # the page's area by that of the boxes on it
_PAGE = 1.41  # its width by its height: paper of the A series, held sideways
_DRAWS, _DRAW = 100, 0.05  # how often boxes are drawn to the middle, and how far of the way each time
_EVEN = 0.65  # how far a crowd is spread evenly over the page: 0 leaves it where forces drew it together
_LOOSE = (1.0, 1.25, 1.6, 2.0, 2.5)  # the area of a page by that of what stands on it; the best is taken
_FRAME = 1.3  # the width by the height of the frame that pictures are seen in
_GOLDEN = math.pi * (3 - math.sqrt(5))  # the angle that spreads points evenly on a spiral


def layout(network: Network, sizes: Mapping[str, Size], gap: float = 14.0) -> dict[str, Point]:
    """Return the centre of each node's box, so that no two boxes overlap.

    Every connected part is laid out by forces (Fruchterman and Reingold) and pushed apart until its boxes are clear
    of each other; the parts are then set in rows. There is no randomness in it.
    """
    import networkx as nx

    parts: list[set[str]] = sorted(nx.connected_components(nx.Graph(network)), key=lambda part: (-len(part), min(part)))
    result: dict[str, Point] = {}
    placed = [_separate(_forces(network, sorted(part), sizes), sizes, gap) for part in parts]
    boxes = [_bounds(points, sizes) for points in placed]
    spots = _shelves([(right - left, bottom - top) for left, top, right, bottom in boxes], 3 * gap)
    for points, (left, top, _, _), (x, y) in zip(placed, boxes, spots, strict=True):
        result.update({node: (px - left + x, py - top + y) for node, (px, py) in points.items()})
    if len(result) >= _CROWD:
        result = _compacted(result, sizes, gap)
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in result.items()}


def _compacted(points: Mapping[str, Point], sizes: Mapping[str, Size], gap: float) -> dict[str, Point]:
    """Draw boxes towards the middle of the page as long as none comes upon another, so that little room is lost."""
    spot = dict(points)
    for _ in range(_DRAWS):
        left, top, right, bottom = _bounds(spot, sizes)
        middle = ((left + right) / 2, (top + bottom) / 2)
        tall = (bottom - top) * _PAGE > right - left  # what sticks out of the page's shape is drawn in first
        pulls = ((0.0, _DRAW), (_DRAW, 0.0)) if tall else ((_DRAW, 0.0), (0.0, _DRAW))
        moved = False
        for node in sorted(spot, key=lambda each: (math.dist(spot[each], middle), each)):
            for across, down in pulls:
                x, y = spot[node]
                to = (x - across * (x - middle[0]), y - down * (y - middle[1]))
                if math.dist(to, spot[node]) >= 0.5 and _free(node, to, spot, sizes, gap):
                    spot[node], moved = to, True
        if not moved:
            break
    left, top, _, _ = _bounds(spot, sizes)
    return {node: (x - left, y - top) for node, (x, y) in spot.items()}


def _free(node: str, to: Point, spot: Mapping[str, Point], sizes: Mapping[str, Size], gap: float) -> bool:
    """Return whether a box would stand clear of all others at a point."""
    (x, y), (wide, tall) = to, sizes[node]
    for other, (ox, oy) in spot.items():
        if other != node:
            width, height = sizes[other]
            if abs(x - ox) < (wide + width) / 2 + gap and abs(y - oy) < (tall + height) / 2 + gap:
                return False
    return True


def _forces(network: Network, nodes: Sequence[str], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Spread a connected part: all nodes repel each other, edges pull their ends together."""
    crowd = min(1.0, len(nodes) / 60)  # small networks get room for words on their edges
    ideal = sum(sum(sizes[node]) for node in nodes) / ((1.4 + 1.4 * crowd) * len(nodes))
    ranked = sorted(nodes, key=lambda node: (-network.degree(node), node))
    xs, ys = (
        [ideal * math.sqrt(rank) * round(turn(rank * _GOLDEN), 6) for rank in range(len(ranked))]
        for turn in (math.cos, math.sin)
    )
    at = {node: number for number, node in enumerate(ranked)}
    ends = sorted({(min(at[a], at[b]), max(at[a], at[b])) for a, b in network.edges(nodes) if a != b})
    for step in range(_STEPS):
        dx, dy = _repulsion(xs, ys, ideal * ideal)
        for a, b in ends:
            x, y = xs[a] - xs[b], ys[a] - ys[b]
            pull = math.sqrt(x * x + y * y) / ideal
            dx[a], dy[a], dx[b], dy[b] = dx[a] - x * pull, dy[a] - y * pull, dx[b] + x * pull, dy[b] + y * pull
        for number, (x, y) in enumerate(zip(xs, ys, strict=True)):  # a little gravity keeps loose ends near
            dx[number], dy[number] = dx[number] - _GRAVITY * crowd * x, dy[number] - 1.3 * _GRAVITY * crowd * y
        furthest = ideal * (1 - step / _STEPS)
        for number, (x, y) in enumerate(zip(dx, dy, strict=True)):
            scale = min(1.0, furthest / (math.sqrt(x * x + y * y) or 1.0))
            xs[number], ys[number] = xs[number] + x * scale, ys[number] + y * scale
    if max(ys) - min(ys) > max(xs) - min(xs):  # a page is wider than it is high
        xs, ys = ys, xs
    if len(nodes) >= _CROWD:
        # Boxes are wide and low, and hubs draw a crowd together: spread it over a page that has room for all of them.
        room = _ROOM * sum((width + 20) * (height + 20) for width, height in (sizes[node] for node in nodes))
        xs, ys = _evened(xs, math.sqrt(room * _PAGE)), _evened(ys, math.sqrt(room / _PAGE))
    return {node: (xs[number], ys[number]) for node, number in at.items()}


def _evened(values: Sequence[float], extent: float) -> list[float]:
    """Return the values on a line of this length, moved towards where their ranks would stand."""
    low, span = min(values), (max(values) - min(values)) or 1.0
    order = sorted(range(len(values)), key=lambda number: (values[number], number))
    ranks = {number: rank / (len(values) - 1) for rank, number in enumerate(order)}
    return [
        extent * ((1 - _EVEN) * (value - low) / span + _EVEN * ranks[number]) for number, value in enumerate(values)
    ]


def _repulsion(xs: Sequence[float], ys: Sequence[float], strength: float) -> tuple[list[float], list[float]]:
    dx, dy = [0.0] * len(xs), [0.0] * len(xs)
    for a, b in combinations(range(len(xs)), 2):
        x, y = xs[a] - xs[b], ys[a] - ys[b]
        push = strength / (x * x + y * y or 1.0)
        dx[a], dy[a], dx[b], dy[b] = dx[a] + x * push, dy[a] + y * push, dx[b] - x * push, dy[b] - y * push
    return dx, dy


def _separate(points: Mapping[str, Point], sizes: Mapping[str, Size], gap: float) -> dict[str, Point]:
    """Push boxes apart until none overlaps another; where pushing alone does not settle, widen the whole."""
    spot = {node: [x, y] for node, (x, y) in points.items()}
    pairs = list(combinations(spot, 2))
    for turn in range(400):
        moved = False
        for a, b in pairs:
            moved |= _part(spot[a], spot[b], sizes[a], sizes[b], gap)
        if not moved:
            break
        if turn % 40 == 39:
            spot = {node: [1.15 * x, 1.15 * y] for node, (x, y) in spot.items()}
    return {node: (x, y) for node, (x, y) in spot.items()}


def _part(a: list[float], b: list[float], size_a: Size, size_b: Size, gap: float) -> bool:
    """Move two overlapping boxes apart along the axis where they overlap less; return whether they did overlap."""
    over = [(size_a[axis] + size_b[axis]) / 2 + gap - abs(a[axis] - b[axis]) for axis in (0, 1)]
    if min(over) <= 0.01:
        return False
    axis = 0 if over[0] < over[1] else 1
    shift = over[axis] / 2 if a[axis] > b[axis] else -over[axis] / 2
    a[axis] += shift
    b[axis] -= shift
    return True


def _bounds(points: Mapping[str, Point], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the boxes together."""
    return (
        min(x - sizes[node][0] / 2 for node, (x, _) in points.items()),
        min(y - sizes[node][1] / 2 for node, (_, y) in points.items()),
        max(x + sizes[node][0] / 2 for node, (x, _) in points.items()),
        max(y + sizes[node][1] / 2 for node, (_, y) in points.items()),
    )


def _shelves(sizes: Sequence[Size], gap: float) -> list[Point]:
    """Return the top left corner of each of the boxes, set in rows that make up roughly a page."""
    area = sum((width + gap) * (height + gap) for width, height in sizes)
    pages = [max([math.sqrt(_PAGE * loose * area), *(width for width, _ in sizes)]) for loose in _LOOSE]
    return min((_rows(sizes, gap, page) for page in pages), key=lambda spots: _extent(spots, sizes))


def _extent(spots: Sequence[Point], sizes: Sequence[Size]) -> float:
    """Return how wide a frame must be that all boxes fit into: the less, the larger they are seen."""
    right, bottom = (
        max((s[axis] + z[axis] for s, z in zip(spots, sizes, strict=True)), default=0.0) for axis in (0, 1)
    )
    return max(right, bottom * _FRAME)


def _rows(sizes: Sequence[Size], gap: float, page: float) -> list[Point]:
    """Return the top left corner of each of the boxes, set in rows no longer than the page is wide."""
    spots: list[Point] = []
    x, y, tallest = 0.0, 0.0, 0.0
    for width, height in sizes:
        if x and x + width > page:
            x, y, tallest = 0.0, y + tallest + gap, 0.0
        spots.append((x, y))
        x, tallest = x + width + gap, max(tallest, height)
    return spots
