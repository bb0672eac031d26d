"""Files of what the pages show: the filtered statements, their network, their places, in the formats of exports."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import networkx as nx
import numpy as np
from pyoxigraph import NamedNode

from communique.errors import UsageError
from communique.export import FORMATS, Options, export
from communique.export.cells import as_text
from communique.export.table import COLUMNS
from communique.network import VIEWS, Network
from communique.serve import facets, networks
from communique.serve.arrays import Mask
from communique.serve.edition import Edition
from communique.serve.filters import Filter, select
from communique.serve.index import Edges
from communique.serve.part import part
from communique.store import Store
from communique.vocab import RDF, SEM, Minter

MOST = {"html": 1_000}
MOST_RDF = 5_000
"""Statements of which a file is made: a page holds all its words at once, RDF is written piece by piece."""

_FEW = 50  # statements of which a file is made on the spot; of more, in a process of its own
_SECONDS = 300.0  # that a process may take
_AT_A_TIME = threading.BoundedSemaphore(2)

_NETWORKS = ("graphml", "gexf", "svg", "png", "edges", "node-link", "dot")
_PARTS = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml", "html")
NAMES = ("csv", "geojson", *_NETWORKS, *_PARTS)


@dataclass(frozen=True)
class Chosen(Options):
    """The choices of an export whose statements are known already."""

    chosen: frozenset[str] = frozenset()

    def statements(self, store: Store) -> frozenset[str]:
        """Return the IRIs of the statements."""
        return self.chosen


@dataclass(frozen=True)
class Drawn(Options):
    """The choices of an export whose network is known already."""

    drawn: Network | None = None

    def network(self, store: Store) -> Network:
        """Return the network."""
        return self.drawn if self.drawn is not None else Options.network(self, store)


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out: what it holds, or where that lies (to be removed afterwards)."""

    name: str
    media_type: str
    data: bytes | Path


def download(edition: Edition, chosen: Filter, form: str, view: str) -> File:
    """Return the statements of a filter in a format.

    Raises:
        UsageError: there is no such format, or there are too many statements for it.
    """
    if form not in NAMES:
        raise UsageError(f"there is no format {form[:40]!r}", where="format", remedy=f"one of: {', '.join(NAMES)}")
    mask = select(edition.index, chosen)
    if form == "csv":
        return File("statements.csv", "text/csv; charset=utf-8", _table(edition, mask))
    if form == "geojson":
        return File("places.geojson", "application/geo+json", _places(edition, chosen))
    if form in _NETWORKS:
        drawn = Drawn(view=view, drawn=_network(edition, mask, view))
        return _written(edition.store, "csv" if form == "edges" else form, drawn, view)
    return _of_part(edition, mask, form, view)


def _of_part(edition: Edition, mask: Mask, form: str, view: str) -> File:
    numbers = np.flatnonzero(mask).tolist()
    most = MOST.get(form, MOST_RDF)
    if len(numbers) > most:
        raise UsageError(
            f"{len(numbers):,} statements are too many for a file in this format",
            where="format",
            remedy=f"narrow the filter to {most:,}, or use `communique export {form}`",
        )
    statements = [row["iri"] for row in edition.index.statements(numbers).values()]
    name = f"graph{FORMATS[form].suffix}"
    if len(numbers) <= _FEW:
        out = io.BytesIO()
        write_part(edition.store, out, form, statements, view)
        return File(name, FORMATS[form].media_type, out.getvalue())
    return File(name, FORMATS[form].media_type, _made_apart(edition.store, form, statements, view))


def write_part(store: Store, out: BinaryIO, form: str, statements: Sequence[str], view: str) -> None:
    """Write some statements, with all that belongs to them, in a format."""
    if form == "html":  # reads all that the store holds: so it is given no more than the part
        with part(store, statements) as found:
            export(found, form, out, Options(view=view))
        return
    export(store, form, out, Chosen(profile="full", chosen=frozenset(statements)))


def _made_apart(store: Store, form: str, statements: Sequence[str], view: str) -> Path:
    """Return a new file that a process of its own has written, which steps back behind the pages.

    Raises:
        UsageError: it takes too long, or others are being made.
    """
    if not _AT_A_TIME.acquire(timeout=_SECONDS / 10):
        raise UsageError("too many files are being made", where="format", remedy="try again in a few minutes")
    try:
        handle, name = tempfile.mkstemp(prefix="communique-")
        os.close(handle)
        process = multiprocessing.get_context("spawn").Process(
            target=_make, args=(store.path, Path(name), form, statements, view), daemon=True
        )
        process.start()
        process.join(_SECONDS)
        if process.exitcode == 0:
            return Path(name)
        process.kill()
        Path(name).unlink(missing_ok=True)
        why = "took too long" if process.exitcode is None else "failed"
        raise UsageError(f"making the file {why}", where="format", remedy=f"use `communique export {form}`")
    finally:
        _AT_A_TIME.release()


def _make(path: Path, file: Path, form: str, statements: Sequence[str], view: str) -> None:
    if sys.platform != "win32":
        os.nice(5)
    with Store.open(path) as store, file.open("wb") as out:
        write_part(store, out, form, statements, view)


def _written(store: Store, form: str, options: Options, name: str) -> File:
    out = io.BytesIO()
    export(store, form, out, options)
    return File(f"{name}{FORMATS[form].suffix}", FORMATS[form].media_type, out.getvalue())


def _table(edition: Edition, mask: Mask) -> bytes:
    """Return statements as ``communique export table`` writes them."""
    numbers = np.flatnonzero(mask).tolist()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = edition.index.statements(numbers)
    for number in reversed(numbers):
        writer.writerow([as_text(cell) for cell in _cells(rows[number])])
    return text.getvalue().encode()


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    people = ("issuers", "offices", "bodies", "recipients")
    names = ("; ".join(each["label"] for each in row[name]) for name in people)
    return (row["date"], *names, "; ".join(row["kinds"]), row["title"], "; ".join(row["sources"]), row["iri"])


def _places(edition: Edition, chosen: Filter) -> bytes:
    """Return places as GeoJSON (RFC 7946)."""
    found = facets.places(edition.index, chosen, most=100_000)["places"]
    features = [
        {
            "type": "Feature",
            "id": place["iri"],
            "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]},
            "properties": {
                "label": place["label"],
                "type": place["type"],
                "country": place["country"],
                "statements": place["count"],
            },
        }
        for place in found
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1).encode()


# -- networks ---------------------------------------------------------------------------------------------------------


def _network(edition: Edition, mask: Mask, view: str) -> Network:
    """Return the network of some statements, as :func:`communique.network.build_network` makes it of all."""
    index = edition.index
    edges = index.edges(view)
    whole = networks.network(index, mask, view, limit=index.node_count, placed=False)
    found: Network = nx.MultiDiGraph() if VIEWS[view].directed else nx.MultiGraph()
    found.graph.update(view=view, title=VIEWS[view].title)
    for node in sorted(whole["nodes"], key=lambda each: str(each["iri"])):
        where = {name: node[name] for name in ("lon", "lat") if node[name] is not None}
        found.add_node(node["iri"], **{name: node[name] for name in ("iri", "label", "type", "country")}, **where)
    support = _Support(edition, edges, mask, view)
    ordered = sorted(whole["edges"], key=lambda e: (e["source"], e["target"], e["relation"], e["modality"]))
    for edge in ordered:
        key = f"{edge['relation']} {edge['modality']}".strip()
        found.add_edge(edge["source"], edge["target"], key=key, **support.attributes(edge))
    return found


class _Support:
    """What stands behind the edges of a network: statements and reported events."""

    def __init__(self, edition: Edition, edges: Edges, mask: Mask, view: str) -> None:
        self._dataset = edition.store.dataset
        self._rows = mask[edges.statement]
        self._edges = edges
        self._accuses = view == "accuses"
        self._base = edition.store.base
        numbers = np.unique(edges.statement[self._rows]).tolist()
        found = edition.index.statements(numbers)
        self._statements = {number: (row["iri"], row["document"]) for number, row in found.items()}

    def attributes(self, edge: dict[str, Any]) -> dict[str, object]:
        """Return what an edge of an exported network carries, in that order."""
        begin, end = np.searchsorted(self._edges.edge, (edge["number"], edge["number"] + 1))
        rows = [row for row in range(begin, end) if self._rows[row]]
        statements = {self._statements[int(self._edges.statement[row])][0] for row in rows}
        events = {event for row in rows for event in self.events(row)}
        types = {kind for event in events for kind in self.values(event, SEM + "eventType")} if self._accuses else set()
        return {
            "relation": edge["relation"],
            "modality": edge["modality"],
            **{name: edge[name] for name in ("weight", "first", "last")},
            "statements": tuple(sorted(statements)),
            "claimants": tuple(edge["claimants"]),
            "event_types": tuple(sorted(kind.rpartition("/")[2] for kind in types)),
            "events": tuple(sorted(events | {edge[e] for e in ("source", "target") if self.event(edge[e])})),
            "alleged": edge["alleged"],
        }

    def event(self, node: str) -> bool:
        """Return whether a node is a reported event."""
        return node.startswith(f"{self._base}event/")

    def events(self, row: int) -> list[str]:
        """Return the reported event that a row's fact leads from, where the view is of accusations."""
        if not self._accuses:
            return []
        document = self._statements[int(self._edges.statement[row])][1].rpartition("/")[2]
        mint = Minter(self._base, document)
        return self.values(f"{mint.base}fact/{document}-{int(self._edges.fact[row]):016x}", RDF + "subject")

    def values(self, node: str, predicate: str) -> list[str]:
        """Return the nodes that a property leads to."""
        quads = self._dataset.quads_for_pattern(NamedNode(node), NamedNode(predicate), None, None)
        return sorted({quad.object.value for quad in quads if isinstance(quad.object, NamedNode)})
