"""Networks for programs that analyse them: GraphML, GEXF, node-link JSON, and CSV files of nodes and edges."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import networkx as nx
from lxml import etree

from communique.export.cells import as_text
from communique.export.options import Options
from communique.export.xmltext import clean
from communique.network import Network, edge_label
from communique.store import Store

NODE_COLUMNS = ("iri", "label", "type", "country", "lat", "lon")
MEASURE_COLUMNS = ("degree", "in_degree", "out_degree", "statements", "betweenness", "pagerank", "community")
EDGE_COLUMNS = (
    *("source", "target", "source_label", "target_label", "relation", "modality", "event_types", "alleged"),
    *("weight", "first", "last", "claimants", "confidence", "statements", "events"),
)

_GEXF = "http://www.gexf.net/1.2draft"
_GEXF_TYPES = {str: "string", tuple: "string", bool: "boolean", int: "long", float: "double"}


def graphml(store: Store, out: BinaryIO, options: Options) -> None:
    """Write GraphML."""
    write_graphml(options.network(store), out)


def write_graphml(network: Network, out: BinaryIO) -> None:
    """Write a network as GraphML, element by element: memory holds the network and no tree of XML."""
    nx.write_graphml_lxml(_plain(network), out)


def gexf(store: Store, out: BinaryIO, options: Options) -> None:
    """Write GEXF 1.2."""
    write_gexf(options.network(store), out)


def write_gexf(network: Network, out: BinaryIO) -> None:
    """Write a network as GEXF, element by element, as :func:`write_graphml` does; networkx would make a tree of it."""
    nodes = _Elements("node", (data for _, data in network.nodes(data=True)), {"label"})
    edges = _Elements("edge", (data for _, _, data in network.edges(data=True)), {"weight"})
    kind = "directed" if network.is_directed() else "undirected"
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with (
            xml.element("gexf", nsmap={None: _GEXF}, version="1.2"),
            xml.element("graph", defaultedgetype=kind, mode="static"),
        ):
            xml.write("\n", nodes.declared(), "\n", edges.declared(), "\n")
            with xml.element("nodes"):
                for node, data in network.nodes(data=True):
                    label = clean(str(data.get("label", node)))
                    xml.write("\n", nodes.element({"id": node, "label": label}, data))
            with xml.element("edges"):
                for number, (source, target, data) in enumerate(network.edges(data=True), start=1):
                    own = {"id": f"e{number}", "source": source, "target": target}
                    own |= {"label": clean(edge_label(data)), "weight": str(data["weight"])}
                    xml.write("\n", edges.element(own, data))
    out.write(b"\n")


class _Elements:
    """Makes the GEXF elements of nodes or edges, whose attributes have numbers and types declared beforehand."""

    def __init__(self, name: str, rows: Iterable[Mapping[str, object]], own: set[str]) -> None:
        """Find out what attributes there are, but for those that GEXF has a place of its own for."""
        self._name = name
        self._types: dict[str, str] = {}
        for row in rows:
            for title, value in row.items():
                kind = _GEXF_TYPES.get(type(value), "string")
                if title not in own and self._types.setdefault(title, kind) != kind:
                    self._types[title] = "double" if {kind, self._types[title]} == {"long", "double"} else "string"
        self._numbers = {title: str(number) for number, title in enumerate(self._types)}

    def declared(self) -> Any:
        """Return the declaration of the attributes."""
        declared = etree.Element("attributes", {"class": self._name, "mode": "static"})
        for title, kind in self._types.items():
            etree.SubElement(declared, "attribute", id=self._numbers[title], title=title, type=kind)
        return declared

    def element(self, own: dict[str, str], data: Mapping[str, object]) -> Any:
        """Return a node or an edge."""
        made = etree.Element(self._name, own)
        values = etree.SubElement(made, "attvalues")
        for title, number in self._numbers.items():
            if title in data:
                value = _scalar(title, data[title])
                text = str(value).lower() if isinstance(value, bool) else str(value)
                etree.SubElement(values, "attvalue", {"for": number, "value": text})
        return made


def node_link(store: Store, out: BinaryIO, options: Options) -> None:
    """Write JSON in the node-link form that networkx and d3 read; ``statements`` and ``claimants`` stay lists."""
    network = _numbered(options.network(store))
    data = nx.node_link_data(network, edges="edges")
    out.write(json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")


def edges_csv(store: Store, out: BinaryIO, options: Options) -> None:
    """Write the edges as CSV, each with the labels of its ends."""
    write_edges(options.network(store), out)


def write_edges(network: Network, out: BinaryIO) -> None:
    """Write the edges of a network as CSV."""
    out.write(_edge_rows(network))


def csv_files(store: Store, path: Path, options: Options) -> dict[Path, bytes]:
    """Return ``NAME-nodes.csv`` and ``NAME-edges.csv`` for ``NAME.csv``, or the two without a name for a folder."""
    network = options.network(store)
    stem = f"{path.stem}-" if path.suffix else ""
    folder = path.parent if path.suffix else path
    return {folder / f"{stem}nodes.csv": _node_rows(network), folder / f"{stem}edges.csv": _edge_rows(network)}


def _node_rows(network: Network) -> bytes:
    measured = any("pagerank" in data for _, data in network.nodes(data=True))
    columns = NODE_COLUMNS + MEASURE_COLUMNS * measured
    return _csv(columns, ([data.get(name, "") for name in columns] for _, data in network.nodes(data=True)))


def _edge_rows(network: Network) -> bytes:
    labels = network.nodes.data("label")
    plain = (
        {**_scalars(data), "source": a, "target": b, "source_label": labels[a], "target_label": labels[b]}
        for a, b, data in network.edges(data=True)
    )
    return _csv(EDGE_COLUMNS, ([row.get(name, "") for name in EDGE_COLUMNS] for row in plain))


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _numbered(network: Network) -> Network:
    """Return a copy whose edges have keys ``e1``, ``e2``, ... : readers want them to be one in the whole file."""
    copy: Network = nx.MultiDiGraph() if network.is_directed() else nx.MultiGraph()
    copy.graph.update(network.graph)
    copy.add_nodes_from(network.nodes(data=True))
    for number, (source, target, data) in enumerate(network.edges(data=True), start=1):
        copy.add_edge(source, target, key=f"e{number}", label=edge_label(data), **data)
    return copy


def _plain(network: Network) -> Network:
    """Return a numbered copy that XML can hold: lists joined, forbidden characters replaced."""
    copy = _numbered(network)
    for _, data in copy.nodes(data=True):
        data.update(_scalars(data))
    for _, _, data in copy.edges(data=True):
        data.update(_scalars(data))
    return copy


def _scalars(data: dict[str, object]) -> dict[str, object]:
    return {name: _scalar(name, value) for name, value in data.items()}


def _scalar(name: str, value: object) -> object:
    if isinstance(value, tuple):
        return clean((" " if name in ("statements", "events") else "; ").join(value))
    return clean(value) if isinstance(value, str) else value
