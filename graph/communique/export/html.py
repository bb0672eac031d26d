"""A page in one file that opens offline: network, timeline, and every statement with the words it rests on.

It holds no address of anything outside but the sources' own links, and its content policy forbids to load any. All of
it stands in plain tables; the script adds zoom, choice and search. Every text is escaped, and none of it is in the
script.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from string import Template
from typing import BinaryIO

from communique.export import svg
from communique.export.options import Options
from communique.export.statements import Detail, Statement, read_statements
from communique.network import Network, build_network, edge_label
from communique.resources import asset
from communique.store import Store

_CLAIM_NOTE = (
    "Dashed edges and the mark in words (“alleged”, “denied”, ...) stand for what statements claim about events. "
    "Nobody has established it by writing it here."
)
_MOST_MONTHS = 48  # the timeline shows years beyond that


def write(store: Store, out: BinaryIO, options: Options) -> None:
    """Write the page of a view and of all statements."""
    network = build_network(store, options.view)
    statements = read_statements(store, without_text=options.without_text)
    anchors = {statement.iri: f"s{number}" for number, statement in enumerate(statements, start=1)}
    style, script = asset("export", "page.css"), asset("export", "page.js")
    page = Template(asset("export", "page.html")).substitute(
        title=escape(network.graph["title"]),
        summary=escape(_summary(statements)),
        claim_note=_CLAIM_NOTE,
        style_hashes=f"{_digest(style)} {_digest(svg.STYLE)}",
        script_hash=_digest(script),
        style=style,
        script=script,
        picture=svg.draw(network),
        edge_count=network.number_of_edges(),
        edges="\n".join(_edge_rows(network, {s.iri: s for s in statements}, anchors)),
        timeline=_timeline(statements),
        statements="\n".join(_statement_row(statement, anchors[statement.iri]) for statement in statements),
    )
    out.write(page.encode())


def _digest(text: str) -> str:
    """Return the source expression of an inline style or script for the content policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _summary(statements: Sequence[Statement]) -> str:
    days = [statement.date for statement in statements if statement.date]
    span = f", {days[0]} to {days[-1]}" if days else ""
    events = sum(len(statement.events) for statement in statements)
    return f"{len(statements)} statements{span}; {events} reported events."


# --- edges -----------------------------------------------------------------------------------------------------------


def _edge_rows(network: Network, statements: dict[str, Statement], anchors: dict[str, str]) -> Iterable[str]:
    for source, target, key, data in network.edges(keys=True, data=True):
        ends = [escape(network.nodes[node]["label"]) for node in (source, target)]
        label = escape(edge_label(data))
        relation = f'<span class="claim">{label}</span>' if data["alleged"] else label
        days = " to ".join(dict.fromkeys(day for day in (data["first"], data["last"]) if day))
        links = "".join(_evidence(statements[iri], anchors[iri]) for iri in data["statements"] if iri in anchors)
        yield (
            f'<tr data-edge="{escape(svg.edge_id(source, target, key))}" data-source="{escape(source)}" '
            f'data-target="{escape(target)}"><td>{ends[0]}</td><td>{relation}</td><td>{ends[1]}</td>'
            f"<td>{escape('; '.join(data['claimants']))}</td><td>{days}</td><td><ul>{links}</ul></td></tr>"
        )


def _evidence(statement: Statement, anchor: str) -> str:
    words = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in statement.words)
    return f'<li><a href="#{anchor}">{escape(statement.label)}</a>{words}</li>'


# --- statements ------------------------------------------------------------------------------------------------------


def _statement_row(statement: Statement, anchor: str) -> str:
    roles = "".join(f'<span class="sub">{escape(name)}</span>' for name in (*statement.offices, *statement.bodies))
    parts = [
        _part("Events it reports", statement.events, claim=True),
        _part("Demands", statement.demands),
        _part("Quotations", statement.quotations),
        _part("How it characterizes events", statement.characterizations),
    ]
    words = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in statement.words)
    return (
        f'<tr id="{anchor}" data-date="{escape(statement.date)}"><td class="date">{escape(statement.date)}</td>'
        f"<td>{escape('; '.join(statement.issuers))}{roles}</td><td>{escape('; '.join(statement.recipients))}</td>"
        f"<td>{escape(', '.join(statement.kinds))}</td>"
        f"<td><details><summary>{escape(statement.title or statement.label)}</summary>{words}{''.join(parts)}</details></td>"
        f'<td class="source">{"<br>".join(map(_source, statement.sources))}</td></tr>'
    )


def _part(heading: str, details: Sequence[Detail], *, claim: bool = False) -> str:
    if not details:
        return ""
    return f"<h4>{heading}</h4><ul>{''.join(_detail(detail, claim) for detail in details)}</ul>"


def _detail(detail: Detail, claim: bool) -> str:
    first, *rest = detail.notes or ("",)
    mark = f'<span class="claim">{escape(first)}</span>' if claim else escape(first)
    notes = "; ".join([mark, *map(escape, rest)]) if first else ""
    words = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in detail.words)
    return f"<li>{escape(detail.label)}{f' ({notes})' if notes else ''}{words}</li>"


def _source(source: str) -> str:
    """Return a link for a web address, the plain text for anything else."""
    if source.startswith(("https://", "http://")):
        return f'<a href="{escape(source)}" rel="noreferrer noopener">{escape(source)}</a>'
    return escape(source)


# --- timeline --------------------------------------------------------------------------------------------------------


def _timeline(statements: Sequence[Statement]) -> str:
    """Return a bar chart of statements and of the events they report, by month or year."""
    said = [statement.date for statement in statements if statement.date]
    events = [event.date for statement in statements for event in statement.events if event.date]
    if not said and not events:
        return "<p>No statement has a date.</p>"
    size = 7 if len(_months(said + events)) <= _MOST_MONTHS else 4
    counts = [Counter(day[:size] for day in days) for days in (said, events)]
    units = _months(said + events) if size == 7 else sorted({day[:4] for day in said + events})
    units = units if size == 7 and len(units) <= _MOST_MONTHS else sorted({*counts[0], *counts[1]})
    tallest = max(*counts[0].values(), *counts[1].values(), 1)
    step, height = min(48, max(14, 1100 // len(units))), 120
    bars = "".join(_bar(unit, at * step + 34, step, height, tallest, counts) for at, unit in enumerate(units))
    width = len(units) * step + 60
    return (
        f'<svg class="timeline" viewBox="0 0 {width} {height + 50}" width="{width}" height="{height + 50}" role="img" '
        f'aria-label="Statements and reported events by {"month" if size == 7 else "year"}; the table below has every day">'
        f'<line x1="30" y1="{height + 10}" x2="{width - 20}" y2="{height + 10}"/><text x="2" y="18">{tallest}</text>'
        f'<text x="2" y="{height + 14}">0</text>{bars}</svg>'
        '<p class="hint">Filled: statements by day of issue. Dashed outline: events they report, by the day they name.</p>'
    )


def _months(days: Iterable[str]) -> list[str]:
    """Return every month from the first of the days to the last."""
    known = sorted(day[:7] for day in days if len(day) >= 7)
    if not known:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (known[0], known[-1]))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]


def _bar(unit: str, x: int, step: int, height: int, tallest: int, counts: Sequence[Counter[str]]) -> str:
    wide = (step - 4) / 2
    shapes = "".join(
        f'<rect class="{name}" x="{x + rank * wide:.1f}" y="{height + 10 - (tall := count[unit] * height / tallest):.1f}" '
        f'width="{wide - 1:.1f}" height="{tall:.1f}"/>'
        for rank, (name, count) in enumerate(zip(("said", "event"), counts, strict=True))
        if count[unit]
    )
    words = f"{unit}: {counts[0][unit]} statements, {counts[1][unit]} reported events"
    label = (
        f'<text x="{x}" y="{height + 26}">{escape(unit[2:] if len(unit) == 7 else unit)}</text>' if step >= 34 else ""
    )
    return f'<g data-month="{escape(unit)}"><title>{escape(words)}</title>{shapes}{label}</g>'
