from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import igraph
import networkx as nx
import pytest

from communique.export import VIEWS, export
from communique.export.cells import as_text
from communique.network import build_network
from communique.store import Store

Written = Callable[..., bytes]


def weights(edges: object) -> list[tuple[str, str, str, int]]:
    return sorted((a, b, data["relation"], int(data["weight"])) for a, b, data in edges)  # type: ignore[attr-defined]


@pytest.mark.parametrize("view", list(VIEWS))
def test_networkx_reads_the_graphml(store: Store, written: Written, view: str) -> None:
    expected = build_network(store, view)
    found = nx.read_graphml(io.BytesIO(written("graphml", view=view)), force_multigraph=True)
    assert found.is_directed() == expected.is_directed()
    assert weights(found.edges(data=True)) == weights(expected.edges(data=True))
    assert dict(found.nodes.data("label")) == dict(expected.nodes.data("label"))
    assert dict(found.nodes.data("lat")) == dict(expected.nodes.data("lat"))


@pytest.mark.parametrize("view", list(VIEWS))
def test_igraph_reads_the_graphml(store: Store, written: Written, view: str, tmp_path: Path) -> None:
    expected = build_network(store, view)
    file = tmp_path / "network.graphml"
    file.write_bytes(written("graphml", view=view))
    found = igraph.Graph.Read_GraphML(str(file))
    assert (found.vcount(), found.ecount()) == (len(expected), expected.number_of_edges())
    assert found.is_directed() == expected.is_directed()
    assert sorted(found.vs["label"]) == sorted(label for _, label in expected.nodes.data("label"))
    assert set(found.es["alleged"]) == {data["alleged"] for _, _, data in expected.edges(data=True)}


@pytest.mark.parametrize("view", list(VIEWS))
def test_networkx_reads_the_gexf(store: Store, written: Written, view: str) -> None:
    expected = build_network(store, view)
    found = nx.read_gexf(io.BytesIO(written("gexf", view=view)))
    assert (len(found), found.number_of_edges()) == (len(expected), expected.number_of_edges())
    assert dict(found.nodes.data("label")) == dict(expected.nodes.data("label"))
    assert dict(found.nodes.data("lat")) == dict(expected.nodes.data("lat"))
    told = [
        sorted((a, b, d["relation"], d["weight"], d["alleged"]) for a, b, d in graph.edges(data=True))
        for graph in (found, expected)
    ]
    assert told[0] == told[1]


def test_gexf_has_no_date_of_writing(written: Written) -> None:
    assert b"lastmodified" not in written("gexf")


@pytest.mark.parametrize("view", list(VIEWS))
def test_networkx_reads_the_node_link_json(store: Store, written: Written, view: str) -> None:
    expected = build_network(store, view)
    found = nx.node_link_graph(json.loads(written("node-link", view=view)), edges="edges")
    assert weights(found.edges(data=True)) == weights(expected.edges(data=True))
    assert all(isinstance(data["statements"], list) for _, _, data in found.edges(data=True))


@pytest.mark.parametrize("format", ["graphml", "gexf", "node-link", "csv"])
def test_every_format_carries_claimant_modality_and_the_mark_of_a_claim(written: Written, format: str) -> None:
    text = written(format, view="accuses").decode()
    for word in ("claimants", "modality", "alleged", "asserted", "Lidia Maren"):
        assert word in text


def test_csv_to_a_stream_is_the_edges(written: Written) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv").decode())))
    found = {(row["source_label"], row["target_label"]): row for row in rows}
    edge = found["Lidia Maren", "OSCE"]
    assert (edge["weight"], edge["first"], edge["last"]) == ("2", "2021-05-04", "2021-05-10")
    assert len(edge["statements"].split()) == 2


def test_csv_files_are_nodes_and_edges_that_join(store: Store, tmp_path: Path) -> None:
    files = export(store, "csv", tmp_path / "net.csv")
    assert [file.name for file in files] == ["net-nodes.csv", "net-edges.csv"]
    nodes, edges = (list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))) for file in files)
    assert {row["iri"] for row in nodes} == {row[end] for row in edges for end in ("source", "target")}


def test_csv_into_a_folder(store: Store, tmp_path: Path) -> None:
    assert [file.name for file in export(store, "csv", tmp_path / "net")] == ["nodes.csv", "edges.csv"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("=1+1", "'=1+1"), ("@name", "'@name"), ("-2", "'-2"), (-2.5, "-2.5"), (True, "true"), ("plain", "plain")],
)
def test_cells_that_a_spreadsheet_would_run_are_text(cell: object, expected: str) -> None:
    assert as_text(cell) == expected


@pytest.mark.parametrize("view", list(VIEWS))
def test_graphviz_reads_the_dot(store: Store, written: Written, program: Callable[..., str], view: str) -> None:
    expected = build_network(store, view)
    data = json.loads(program("dot", "-Tjson0", given=written("dot", view=view)))
    assert data["directed"] == expected.is_directed()
    assert len(data["objects"]) == len(expected)
    assert len(data["edges"]) == expected.number_of_edges()
    labels = {node["label"] for node in data["objects"]}
    assert {label.replace("&", "&amp;") for _, label in expected.nodes.data("label")} == labels
    alleged = sum(data["alleged"] for _, _, data in expected.edges(data=True))
    assert sum(edge["style"] == "dashed" for edge in data["edges"]) == alleged
