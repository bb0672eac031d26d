"""Writes what was measured: tables in ``docs/benchmarks.md`` between two marks, and the chart ``benchmarks.svg``."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from tests.bench.figures import Figure

DOCS = Path(__file__).resolve().parents[2] / "docs"
BEGIN, END = (f"<!-- {word} of what `make bench` writes -->\n" for word in ("beginning", "end"))
_PARTS = {
    "data": "Making the data",
    "load": "Loading into a store on disk",
    "queries": "Ten named queries, store on disk",
    "validation": "Validation",
    "exports": "Exports of everything",
    "networks": "Networks",
    "measures": "Measures of random networks",
}


def markdown(figures: Sequence[Figure]) -> str:
    """Return the figures as tables, one a part."""
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, one run; seconds of CPU time. A ratio is ours by "
        "the baseline's: below 1 we are faster.",
        "",
    ]
    for part, title in _PARTS.items():
        rows = [figure for figure in figures if figure.part == part]
        if not rows:
            continue
        lines += [f"### {title}", "", "| triples | | s | baseline | s | ratio | |", "|---:|---|---:|---|---:|---:|---|"]
        lines += [_row(figure, by_size=part != "measures") for figure in rows]
        lines.append("")
    return "\n".join(lines)


def _row(figure: Figure, *, by_size: bool) -> str:
    size = f"{figure.size:,}" if by_size else ""
    base = f"{_seconds(figure.base)} | {_ratio(figure.ratio)}" if figure.base else " | "
    ours = _seconds(figure.ours) if figure.ours else ""
    return f"| {size} | {figure.what} | {ours} | {figure.baseline} | {base} | {figure.note} |"


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _ratio(value: float) -> str:
    return f"{value:.4f}" if value < 0.02 else f"{value:.2f}"


def write(figures: Sequence[Figure]) -> None:
    """Write table and chart into the documentation."""
    page = DOCS / "benchmarks.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{markdown(figures)}\n{END}{after}", encoding="utf-8")
    (DOCS / "benchmarks.svg").write_text(chart(figures), encoding="utf-8")


# -- the chart --------------------------------------------------------------------------------------------------------

_WIDE, _TALL = 720, 420
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 46, 510, 360
# Colours that can be told apart with every kind of colour vision (Okabe and Ito); each line has a mark of its own too.
_LINES = (
    ("load", "documents with their entries", "load", "#0072b2"),
    ("queries", "all ten", "ten named queries", "#d55e00"),
    ("validation", "whole store", "validation", "#009e73"),
    ("exports", "turtle", "Turtle export", "#cc79a7"),
    ("networks", "view all", "network of everything", "#000000"),
)


def chart(figures: Iterable[Figure]) -> str:
    """Return the cost against the size as SVG, both axes logarithmic: solid is ours, dashed the baseline."""
    found = list(figures)
    lines = []
    for part, what, title, colour in _LINES:
        rows = {f.size: f for f in found if f.part == part and f.what == what and f.baseline != "rdflib"}
        if rows:
            ours = [(size, row.ours) for size, row in sorted(rows.items()) if row.ours]
            base = [(size, row.base) for size, row in sorted(rows.items()) if row.base]
            lines.append((title, colour, ours, base, next(iter(rows.values())).baseline))
    sizes = sorted({size for _, _, ours, _, _ in lines for size, _ in ours}) or [1]
    costs = [cost for _, _, ours, base, _ in lines for _, cost in (*ours, *base)] or [1.0]
    axes = _Axes(sizes[0], sizes[-1], min(costs), max(costs))
    body = [axes.grid(sizes)]
    for number, (title, colour, ours, base, name) in enumerate(lines):
        body.append(axes.line(ours, colour, number, dashed=False))
        if len(base) > 0:
            body.append(axes.line(base, colour, number, dashed=True))
        body.append(_legend(number, title, colour, name if base else ""))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_TALL}" width="{_WIDE}" height="{_TALL}" '
        'font-family="DejaVu Sans, Verdana, sans-serif" font-size="12" role="img">'
        "<title>CPU seconds against the number of triples</title>"
        f'<rect width="{_WIDE}" height="{_TALL}" fill="#ffffff"/>'
        f'<text x="{_LEFT}" y="24" font-size="15">CPU seconds against the number of triples</text>'
        + "".join(body)
        + "</svg>\n"
    )


def _legend(number: int, title: str, colour: str, baseline: str) -> str:
    y = _TOP + 14 + 44 * number
    below = (
        f'<line x1="{_RIGHT + 18}" y1="{y + 14}" x2="{_RIGHT + 44}" y2="{y + 14}" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="5 4"/><text x="{_RIGHT + 52}" y="{y + 18}" fill="#444444">{escape(baseline)}</text>'
        if baseline
        else ""
    )
    return (
        f'<line x1="{_RIGHT + 18}" y1="{y - 4}" x2="{_RIGHT + 44}" y2="{y - 4}" stroke="{colour}" stroke-width="2"/>'
        f"{_mark(number, _RIGHT + 31, y - 4, colour)}"
        f'<text x="{_RIGHT + 52}" y="{y}">{escape(title)}</text>{below}'
    )


def _mark(number: int, x: float, y: float, colour: str) -> str:
    if number % 3 == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    if number % 3 == 1:
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"/>'
    return f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z" fill="{colour}"/>'


class _Axes:
    """Both axes, logarithmic."""

    def __init__(self, first: float, last: float, least: float, most: float) -> None:
        self._x0, self._x1 = math.log10(first), math.log10(max(last, first * 10))
        self._y0 = math.floor(math.log10(least))
        self._y1 = max(math.ceil(math.log10(most)), self._y0 + 1)

    def x(self, size: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (math.log10(size) - self._x0) / (self._x1 - self._x0)

    def y(self, cost: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (math.log10(cost) - self._y0) / (self._y1 - self._y0)

    def grid(self, sizes: Sequence[float]) -> str:
        parts = []
        for power in range(self._y0, self._y1 + 1):
            y = self.y(10.0**power)
            parts.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>')
            parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
        for size in sizes:
            x = self.x(size)
            parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_BOTTOM}" stroke="#dddddd"/>')
            parts.append(f'<text x="{x:.1f}" y="{_BOTTOM + 20}" text-anchor="middle">{size:,}</text>')
        parts.append(f'<text x="{(_LEFT + _RIGHT) / 2}" y="{_BOTTOM + 42}" text-anchor="middle">triples</text>')
        middle = (_TOP + _BOTTOM) / 2
        parts.append(
            f'<text x="18" y="{middle}" text-anchor="middle" transform="rotate(-90 18 {middle})">CPU seconds</text>'
        )
        return "".join(parts)

    def line(self, points: Sequence[tuple[float, float]], colour: str, number: int, *, dashed: bool) -> str:
        spots = [(self.x(size), self.y(cost)) for size, cost in points]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        line = f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        return line + ("" if dashed else "".join(_mark(number, x, y, colour) for x, y in spots))
