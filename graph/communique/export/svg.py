"""A picture of a network as SVG: symbols by type, labels that never overlap, claims dashed.

Nothing is told by colour alone: every type has a shape of its own, and an edge that is only alleged is dashed and
carries the word where there is room for it. Titles and a description are there for screen readers.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import product
from typing import Any, BinaryIO

from communique.export.options import Options
from communique.export.xmltext import clean
from communique.network import NODE_TYPES, Network, Point, Size, edge_label, layout, strongest
from communique.store import Store

MAX_NODES = 150
"""A picture of more nodes cannot be read: those that fewest statements concern are left out, and it says so."""

FONTS = "DejaVu Sans, Noto Sans, Liberation Sans, Arial, Helvetica, sans-serif"
_EM = 0.62  # width of a letter by size of type, in the widest of these fonts
_LABEL, _SMALL, _TITLE = 12.0, 10.0, 20.0  # sizes of type
_LINE = 1.2  # height of a line by size of type
_RADIUS = 8.0
_MARGIN = 28.0
_GAP = 6.0  # between two boxes of symbol and label
_WORDY = 40  # so many edges at most get their words; in a fuller picture dashes and the legend say it
_LEAST_WIDTH = 720.0

# Colours of Okabe and Ito, told apart with every kind of colour vision; corners of each shape, in units of the radius.
_COLOURS = {
    "state": "#0072b2",
    "person": "#d55e00",
    "organization": "#009e73",
    "office": "#e69f00",
    "place": "#cc79a7",
    "group": "#999999",
    "instrument": "#56b4e9",
    "event": "#f0e442",
    "other": "#ffffff",
}
_STAR = tuple(
    (round(r * math.sin(n * math.pi / 5), 3), round(-r * math.cos(n * math.pi / 5), 3))
    for n, r in enumerate([1.2, 0.55] * 5)
)
_HEXAGON = ((-1, 0), (-0.5, -0.87), (0.5, -0.87), (1, 0), (0.5, 0.87), (-0.5, 0.87))
_SHAPES: dict[str, Sequence[Point]] = {
    "state": _HEXAGON,
    "organization": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "office": ((-0.9, 0.9), (-0.9, -0.3), (0, -1.1), (0.9, -0.3), (0.9, 0.9)),
    "place": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "event": _STAR,
    "group": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
    "instrument": ((-0.7, -1), (0.3, -1), (0.7, -0.6), (0.7, 1), (-0.7, 1)),
}
STYLE = f"""text{{font-family:{FONTS};fill:#1a1a1a}}
.n text{{font-size:{_LABEL:g}px;text-anchor:middle}}
.n text,.e text{{stroke:#fff;stroke-width:3px;stroke-linejoin:round;paint-order:stroke}}
.e path{{fill:none;stroke:#5b6770}}
.e text{{fill:#3a444c}} .e.c text{{fill:#7a2409}}
.e.c path{{stroke:#a3330f;stroke-dasharray:7 4}}
.e.denied path{{stroke-dasharray:1.5 4}} .e.open path{{stroke-dasharray:12 3 2 3}}
.e .h{{stroke:none;fill:#5b6770}} .e.c .h{{fill:#a3330f}}
.e text{{font-size:{_SMALL:g}px;text-anchor:middle}}
.s{{stroke:#1a1a1a;stroke-width:1.2}}"""


@dataclass(frozen=True, slots=True)
class _Box:
    """A node's place: the centre of its symbol and the lines of its label, below it or above."""

    x: float
    y: float
    lines: tuple[str, ...]
    above: bool


def write(store: Store, out: BinaryIO, options: Options) -> None:
    """Write the picture of a view."""
    out.write(draw(options.network(store)).encode())


def edge_id(source: str, target: str, key: str) -> str:
    """Return the name by which a page finds an edge of the picture again."""
    return f"{source} {target} {key}"


def counted(number: int, thing: str) -> str:
    """Return a number with what it counts, in the plural where there is not just one."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def draw(network: Network, limit: int = MAX_NODES) -> str:
    """Return the picture as an SVG document, of no more nodes than ``limit``."""
    drawn = strongest(network, limit)
    lines = {node: _wrapped(data["label"]) for node, data in drawn.nodes(data=True)}
    sizes = {node: _size(text) for node, text in lines.items()}
    centres = layout(drawn, sizes, _GAP)
    legend = _legend(drawn)
    head = 2 * _MARGIN + _TITLE + _SMALL * 2 + legend.height
    right = max((x + sizes[node][0] / 2 for node, (x, _) in centres.items()), default=0.0)
    bottom = max((y + sizes[node][1] / 2 for node, (_, y) in centres.items()), default=0.0)
    width, height = max(right + 2 * _MARGIN, _LEAST_WIDTH, legend.width + 2 * _MARGIN), head + bottom + _MARGIN
    shift = (width - right) / 2
    boxes = {node: _boxed(drawn, node, lines[node], centres, sizes[node], (shift, head)) for node in centres}
    title, summary = str(network.graph["title"]), _summary(network, drawn)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-labelledby="network-title network-desc">',
        f'<title id="network-title">{_xml(title)}</title>',
        f'<desc id="network-desc">{_xml(summary)}</desc>',
        f"<style>{STYLE}</style>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="{_MARGIN}" y="{_MARGIN + _TITLE:g}" font-size="{_TITLE:g}" font-weight="bold">{_xml(title)}</text>',
        f'<text x="{_MARGIN}" y="{_MARGIN + _TITLE + 20:g}" font-size="{_LABEL:g}">{_xml(summary)}</text>',
        legend.markup,
        '<g class="network">',
        *_edges(drawn, boxes, sizes),
        *(_node(drawn, node, box) for node, box in boxes.items()),
        "</g></svg>\n",
    ]
    return "\n".join(parts)


def _summary(network: Network, drawn: Network) -> str:
    """Return in one line what the picture shows and what it leaves out."""
    edges = [data for _, _, data in network.edges(data=True)]
    days = sorted({data[end] for data in edges for end in ("first", "last")} - {""})
    statements = len({iri for data in edges for iri in data["statements"]})
    size = f"{counted(len(network), 'node')}, {counted(len(edges), 'edge')}"
    parts = [f"{size} from {counted(statements, 'statement')}"]
    if days:
        parts.append(f"{days[0]} to {days[-1]}" if days[0] != days[-1] else days[0])
    if len(drawn) < len(network):
        parts.append(f"the {len(drawn)} nodes that most statements concern are drawn")
    if any(data["alleged"] for data in edges):
        parts.append("dashed edges report what statements claim")
    return "; ".join(parts) + "."


# --- legend ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Legend:
    markup: str
    width: float
    height: float


_EDGES = {
    "e": "edge: width grows with statements",
    "e c": "claimed in a statement, not established",
    "e c denied": "denied in a statement",
    "e c open": "spoken of as possible or planned",
}


def _style(edge: Mapping[str, Any]) -> str:
    """Return the classes of an edge: a claim is dashed, each way of claiming in its own way."""
    if not edge["alleged"]:
        return "e"
    return {"denied": "e c denied", "hypothetical": "e c open", "planned": "e c open"}.get(edge["modality"], "e c")


def _legend(network: Network) -> _Legend:
    """Return the legend: the node types and kinds of edge that the picture holds, in rows."""
    types = {data["type"] for _, data in network.nodes(data=True)}
    items = [(_symbol(kind, 0, 0, 7), kind) for kind in NODE_TYPES if kind in types]
    styles = {_style(data) for _, _, data in network.edges(data=True)}
    for style, text in _EDGES.items():
        if style in styles:
            items.append((f'<g class="{style}"><path d="M-14 0H10" stroke-width="2"/></g>', text))
    markup, x, y, widest = [], _MARGIN, _MARGIN + _TITLE + 44, 0.0
    for symbol, text in items:
        wide = 34 + _width(text, 11)
        if x > _MARGIN and x + wide > _LEAST_WIDTH:
            x, y = _MARGIN, y + 20
        markup.append(
            f'<g transform="translate({x + 10:g} {y:g})">{symbol}<text x="16" y="4" font-size="11">{text}</text></g>'
        )
        x += wide
        widest = max(widest, x)
    return _Legend(f'<g class="legend">{"".join(markup)}</g>', widest, y - _MARGIN - _TITLE - 24)


# --- nodes -----------------------------------------------------------------------------------------------------------


def _boxed(
    network: Network, node: str, lines: tuple[str, ...], centres: Mapping[str, Point], size: Size, shift: Point
) -> _Box:
    """Return a node's place in the picture, its label on the side where fewer edges leave."""
    x, y = centres[node]
    slopes = [_slope((x, y), centres[other]) for other in network.to_undirected(as_view=True)[node] if other != node]
    above = sum(slopes) > 0
    inset = size[1] / 2 - _RADIUS - 1
    return _Box(x + shift[0], y + shift[1] + (inset if above else -inset), lines, above)


def _slope(a: Point, b: Point) -> float:
    """Return how steeply down (1) or up (-1) it goes from ``a`` to ``b``; gentle slopes do not cross a label."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    return dy * abs(dy) / (dx * dx + dy * dy or 1.0)


def _node(network: Network, node: str, box: _Box) -> str:
    data = network.nodes[node]
    country = f", {data['country']}" if data["country"] else ""
    first = -_RADIUS - 5 - _LABEL * _LINE * (len(box.lines) - 1) if box.above else _RADIUS + _LABEL
    rows = "".join(
        f'<tspan x="{box.x:.1f}" y="{box.y + first + _LABEL * _LINE * row:.1f}">{_xml(line)}</tspan>'
        for row, line in enumerate(box.lines)
    )
    return (
        f'<g class="n" data-node="{_xml(node)}"><title>{_xml(data["label"])} ({data["type"]}{_xml(country)})</title>'
        f"{_symbol(data['type'], box.x, box.y, _RADIUS)}<text>{rows}</text></g>"
    )


def _symbol(kind: str, x: float, y: float, radius: float) -> str:
    colour = _COLOURS.get(kind, "#ffffff")
    corners = _SHAPES.get(kind)
    if corners is None:
        return f'<circle class="s" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}"/>'
    points = " ".join(f"{x + radius * px:.1f},{y + radius * py:.1f}" for px, py in corners)
    return f'<polygon class="s" points="{points}" fill="{colour}"/>'


def _wrapped(label: str) -> tuple[str, ...]:
    """Return a label in up to three lines; the rest of a longer one is in the node's title."""
    return tuple(textwrap.wrap(label, 20, max_lines=3, placeholder=" …", break_on_hyphens=False)) or ("?",)


def _size(lines: Iterable[str]) -> Size:
    rows = list(lines)
    width = max(_width(line, _LABEL) for line in rows)
    return max(width, 2.4 * _RADIUS), 2 * _RADIUS + 4 + _LABEL * _LINE * len(rows)


def _width(text: str, size: float) -> float:
    return len(text) * size * _EM


# --- edges -----------------------------------------------------------------------------------------------------------


def _edges(network: Network, boxes: Mapping[str, _Box], sizes: Mapping[str, Size]) -> list[str]:
    """Draw every edge; parallel ones bend away from each other. Where edges are few, each says what it means."""
    taken = [_occupied(boxes[node], sizes[node]) for node in boxes]
    wordy = network.number_of_edges() <= _WORDY
    named = len({data["relation"] for _, _, data in network.edges(data=True)}) > 1
    bundles: dict[tuple[str, str], int] = {}
    parts = []
    for source, target, key, data in network.edges(keys=True, data=True):
        pair = (min(source, target), max(source, target))
        rank = bundles[pair] = bundles.get(pair, -1) + 1
        bend = 22.0 * ((rank + 1) // 2) * (1 if rank % 2 else -1) * (1 if source <= target else -1)
        path = _Path.between(boxes[source], boxes[target], bend)
        mark = _mark(edge_label(data), path, taken) if wordy and (data["alleged"] or named) else ""
        parts.append(_edge(network, (source, target, key), path, mark))
    return parts


@dataclass(frozen=True, slots=True)
class _Path:
    """A quadratic curve from the rim of one symbol to the rim of another."""

    start: Point
    control: Point
    end: Point

    @classmethod
    def between(cls, a: _Box, b: _Box, bend: float) -> _Path:
        """Return the curve that bends ``bend`` pixels to the left; a loop where both ends are one."""
        if a is b:
            return cls((a.x - 6, a.y - _RADIUS), (a.x, a.y - 5 * _RADIUS), (a.x + 7, a.y - _RADIUS - 2))
        dx, dy = b.x - a.x, b.y - a.y
        length = math.sqrt(dx * dx + dy * dy) or 1.0
        middle = ((a.x + b.x) / 2 - 2 * bend * dy / length, (a.y + b.y) / 2 + 2 * bend * dx / length)
        return cls(_toward((a.x, a.y), middle, _RADIUS + 3), middle, _toward((b.x, b.y), middle, _RADIUS + 4))

    def at(self, t: float) -> Point:
        """Return the point of the curve at ``t`` between 0 and 1."""
        s = 1 - t
        x, y = (s * s * self.start[axis] + 2 * s * t * self.control[axis] + t * t * self.end[axis] for axis in (0, 1))
        return x, y


def _toward(a: Point, b: Point, distance: float) -> Point:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.sqrt(dx * dx + dy * dy) or 1.0
    return a[0] + dx * distance / length, a[1] + dy * distance / length


def _edge(network: Network, edge: tuple[str, str, str], path: _Path, mark: str) -> str:
    data = network.edges[edge]
    weight = int(str(data["weight"]))
    width = min(1.2 + 0.9 * math.log2(weight), 6.0)
    ends = (" → " if network.is_directed() else " – ").join(network.nodes[node]["label"] for node in edge[:2])
    words = f"{ends}: {edge_label(data)}, {counted(weight, 'statement')}"
    days = " to ".join(dict.fromkeys(str(data[end]) for end in ("first", "last") if data[end]))
    curve = (
        f'<path d="M{path.start[0]:.1f} {path.start[1]:.1f}Q{path.control[0]:.1f} {path.control[1]:.1f} '
        f'{path.end[0]:.1f} {path.end[1]:.1f}" stroke-width="{width:.1f}"/>'
    )
    head = _head(path, width) if network.is_directed() else ""
    title = _xml(f"{words}, {days}" if days else words)
    return f'<g class="{_style(data)}" data-edge="{_xml(edge_id(*edge))}"><title>{title}</title>{curve}{head}{mark}</g>'


def _head(path: _Path, width: float) -> str:
    size = 6 + width
    back = _toward(path.end, path.control, size)
    dx, dy = (path.end[0] - back[0]) / size, (path.end[1] - back[1]) / size
    half = size * 0.45
    left, right = (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half)
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_toward(path.end, path.control, -1.5), left, right))
    return f'<polygon class="h" points="{corners}"/>'


def _mark(text: str, path: _Path, taken: list[tuple[float, ...]]) -> str:
    """Write words on an edge where they cover least of what stands already, and remember their place."""
    lines = text.replace(" (", "\n(").split("\n")
    wide, line = max(_width(part, _SMALL) for part in lines), _SMALL * _LINE
    tall = line * len(lines)
    spots = []
    for t, aside in product((0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74), (0.0, -tall, tall)):
        x, y = path.at(t)
        box = (x - wide / 2, y + aside - tall / 2, x + wide / 2, y + aside + tall / 2)
        # Words on the middle of the edge are best; anything covered weighs more than being off it.
        spots.append((sum(_overlap(box, other) for other in taken) + 40 * abs(t - 0.5) + abs(aside), box))
    _, box = min(spots)
    taken.append(box)
    middle = (box[0] + box[2]) / 2
    rows = "".join(
        f'<tspan x="{middle:.1f}" y="{box[1] + line * (row + 0.78):.1f}">{_xml(part)}</tspan>'
        for row, part in enumerate(lines)
    )
    return f"<text>{rows}</text>"


def _occupied(box: _Box, size: Size) -> tuple[float, ...]:
    top = box.y + _RADIUS + 1 - size[1] if box.above else box.y - _RADIUS - 1
    return box.x - size[0] / 2, top, box.x + size[0] / 2, top + size[1]


def _overlap(a: Sequence[float], b: Sequence[float]) -> float:
    wide, tall = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0


def _xml(text: str) -> str:
    return escape(clean(text))
