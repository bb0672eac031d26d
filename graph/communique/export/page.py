"""A page in one file that opens offline: network, timeline, and every statement with the words it rests on.

It holds no address of anything outside but the sources' own links, and its content policy forbids to load any. All of
it stands in plain tables; the script adds zoom, choice and search. Every text is escaped, and none of it is in the
script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from string import Template
from typing import BinaryIO

from communique.export import svg
from communique.export.options import Options
from communique.export.statements import Detail, Evidence, Passage, Statement, read_statements
from communique.network import Network, edge_label, strongest
from communique.resources import asset
from communique.store import Store

_CLAIM_NOTE = (
    "Dashed edges and the mark in words (“alleged”, “denied”, ...) stand for what statements claim about events. "
    "Nobody has established it by writing it here. In quoted words, what carries the relation is marked and the names "
    "are underlined."
)
_WORD_END = re.compile(r"[-/_?=]+(?=[^-/_?=]{3})")  # where a long file name or address may go on in the next line
_MOST_MONTHS = 48  # the timeline shows years beyond that
_MOST_NODES = 60  # in the picture, which a page shows smaller than a file does
_TALL = 120  # height of its tallest bar


def write(store: Store, out: BinaryIO, options: Options) -> None:
    """Write the page of a view and of all statements."""
    network = options.network(store)
    statements = read_statements(store, without_text=options.without_text, only=options.statements(store))
    evidence = None if options.without_text else Evidence(store)
    style, script = asset("export", "page.css"), asset("export", "page.js")
    page = Template(asset("export", "page.html")).substitute(
        title=escape(network.graph["title"]),
        summary=escape(_summary(statements)),
        claim_note=_CLAIM_NOTE + _crowd_note(network),
        style_hashes=f"{_digest(style)} {_digest(svg.STYLE)}",
        script_hash=_digest(script),
        style=style,
        script=script,
        picture=svg.draw(network, _MOST_NODES),
        edge_count=_edge_count(network.number_of_edges()),
        edges="\n".join(_edge_rows(network, {s.iri: s for s in statements}, evidence)),
        timeline=_timeline(statements),
        statements="\n".join(map(_statement_row, statements)),
    )
    out.write(page.encode())


def _digest(text: str) -> str:
    """Return the source expression of an inline style or script for the content policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _summary(statements: Sequence[Statement]) -> str:
    days = [statement.date for statement in statements if statement.date]
    span = f", {days[0]} to {days[-1]}" if days else ""
    events = sum(len(statement.events) for statement in statements)
    return f"{svg.counted(len(statements), 'statement')}{span}; {svg.counted(events, 'reported event')}."


def _edge_count(number: int) -> str:
    return "The edge as a table, with its evidence" if number == 1 else f"The {number} edges as a table, with evidence"


def _crowd_note(network: Network) -> str:
    """Say what a picture of a crowd leaves out, and where it stands."""
    drawn = len(strongest(network, _MOST_NODES))
    if drawn == len(network):
        return ""
    return (
        f" The network has {len(network)} nodes: the picture shows the {drawn} that most statements concern, "
        "the table below it has all edges."
    )


# --- edges -----------------------------------------------------------------------------------------------------------


def _edge_rows(network: Network, statements: dict[str, Statement], evidence: Evidence | None) -> Iterable[str]:
    for source, target, key, data in network.edges(keys=True, data=True):
        ends = [escape(network.nodes[node]["label"]) for node in (source, target)]
        label = escape(edge_label(data))
        relation = f'<span class="claim">{label}</span>' if data["alleged"] else label
        days = " to ".join(dict.fromkeys(day for day in (data["first"], data["last"]) if day))
        links = []
        for statement in (statements[iri] for iri in data["statements"] if iri in statements):
            words = evidence.words(statement, data["events"], (target, source)) if evidence else ()
            links.append(f'<li><a href="#{_anchor(statement)}">{escape(statement.label)}</a>{_quoted(words)}</li>')
        yield (
            f'<tr data-edge="{escape(svg.edge_id(source, target, key))}" data-source="{escape(source)}" '
            f'data-target="{escape(target)}"><td>{ends[0]}</td><td>{relation}</td><td>{ends[1]}</td>'
            f"<td>{escape('; '.join(data['claimants']))}</td><td>{escape(days)}</td>"
            f"<td><ul>{''.join(links)}</ul></td></tr>"
        )


def _anchor(statement: Statement) -> str:
    return escape(statement.iri.rpartition("/")[2])


def _quoted(words: Iterable[Passage]) -> str:
    return "".join(f"<blockquote>{_marked(passage)}</blockquote>" for passage in words)


def _marked(passage: Passage) -> str:
    """Return words with those that carry the relation marked, and the names underlined; no mark within another."""
    kept: list[tuple[int, int, str]] = []
    for mark in sorted(passage.marks, key=lambda mark: (mark[2] != "cue", mark[0], -mark[1])):
        if all(mark[1] <= begin or end <= mark[0] for begin, end, _ in kept):
            kept.append(mark)
    out, done = [], 0
    for begin, end, role in sorted(kept):
        tag = "mark" if role == "cue" else "u"
        out += [escape(passage.text[done:begin]), f"<{tag}>", escape(passage.text[begin:end]), f"</{tag}>"]
        done = end
    return "".join([*out, escape(passage.text[done:])])


# --- statements ------------------------------------------------------------------------------------------------------


def _statement_row(statement: Statement) -> str:
    roles = "".join(f'<span class="sub">{escape(name)}</span>' for name in (*statement.offices, *statement.bodies))
    parts = [
        _part("Events it reports", statement.events, claim=True),
        _part("Demands", statement.demands),
        _part("Quotations", statement.quotations),
        _part("How it characterizes events", statement.characterizations),
    ]
    months = sorted({day[:7] for day in (statement.date, *(event.date for event in statement.events)) if day})
    return (
        f'<tr id="{_anchor(statement)}" data-months="{escape(" ".join(months))}">'
        f'<td class="date">{escape(statement.date)}</td>'
        f"<td>{escape('; '.join(statement.issuers))}{roles}</td><td>{escape('; '.join(statement.recipients))}</td>"
        f"<td>{escape(', '.join(statement.kinds))}</td>"
        f"<td><details><summary>{escape(statement.title or statement.label)}</summary>"
        f"{_quoted(statement.words)}{''.join(parts)}</details></td>"
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
    return f"<li>{escape(detail.label)}{f' ({notes})' if notes else ''}{_quoted(detail.words)}</li>"


def _source(source: str) -> str:
    """Return a link for a web address, the plain text for anything else."""
    shown = _WORD_END.sub(r"\g<0><wbr>", escape(source))
    if source.startswith(("https://", "http://")):
        return f'<a href="{escape(source)}" rel="noreferrer noopener">{shown}</a>'
    return shown


# --- timeline --------------------------------------------------------------------------------------------------------


def _timeline(statements: Sequence[Statement]) -> str:
    """Return a bar chart of statements and of the events they report, by month or year."""
    said = [statement.date for statement in statements if statement.date]
    events = [event.date for statement in statements for event in statement.events if event.date]
    if not said and not events:
        return "<p>No statement has a date.</p>"
    months = _months(said + events)
    by, size = ("month", 7) if len(months) <= _MOST_MONTHS else ("year", 4)
    counts = [Counter(day[:size] for day in days) for days in (said, events)]
    units = months if by == "month" else sorted({*counts[0], *counts[1]})
    tallest = max(*counts[0].values(), *counts[1].values(), 1)
    step = min(48, max(14, 1100 // len(units)))
    bars = "".join(_bar(unit, at * step + 34, step, tallest, counts) for at, unit in enumerate(units))
    width = len(units) * step + 60
    return (
        f'<svg class="timeline" viewBox="0 0 {width} {_TALL + 50}" width="{width}" height="{_TALL + 50}" role="img" '
        f'aria-label="Statements and reported events by {by}; the table below has every day">'
        f'<line x1="30" y1="{_TALL + 10}" x2="{width - 20}" y2="{_TALL + 10}"/><text x="2" y="18">{tallest}</text>'
        f'<text x="2" y="{_TALL + 14}">0</text>{bars}</svg>'
        '<p class="hint">Filled: statements by day of issue. Dashed: events they report, by first possible day.</p>'
    )


def _months(days: Iterable[str]) -> list[str]:
    """Return every month from the first of the days to the last."""
    known = sorted(day[:7] for day in days if len(day) >= 7)
    if not known:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (known[0], known[-1]))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]


def _bar(unit: str, x: int, step: int, tallest: int, counts: Sequence[Counter[str]]) -> str:
    wide = (step - 4) / 2
    shapes = []
    for rank, (name, count) in enumerate(zip(("said", "event"), counts, strict=True)):
        tall = count[unit] * _TALL / tallest
        if tall:
            place = f'x="{x + rank * wide:.1f}" y="{_TALL + 10 - tall:.1f}" width="{wide - 1:.1f}" height="{tall:.1f}"'
            shapes.append(f'<rect class="{name}" {place}/>')
    said, reported = svg.counted(counts[0][unit], "statement"), svg.counted(counts[1][unit], "reported event")
    words = f"{unit}: {said}, {reported}"
    label = (
        f'<text x="{x}" y="{_TALL + 26}">{escape(unit[2:] if len(unit) == 7 else unit)}</text>' if step >= 34 else ""
    )
    return f'<g data-month="{escape(unit)}"><title>{escape(words)}</title>{"".join(shapes)}{label}</g>'
