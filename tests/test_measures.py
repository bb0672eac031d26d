"""Measures of networks: what networkx says, faster; communities that are there, and the same every time."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from communique import measures
from communique.errors import UsageError
from communique.export import Options, export
from communique.network import Network, build_network
from communique.store import Store

SAMPLE = Path(__file__).parent / "queries" / "sample.trig"


@pytest.fixture(scope="module")
def store() -> Store:
    opened = Store.memory()
    opened.dataset.load(path=str(SAMPLE), format=RdfFormat.TRIG)
    return opened


def network(edges: list[tuple[int, int, int]], *, directed: bool) -> Network:
    made: Network = nx.MultiDiGraph() if directed else nx.MultiGraph()
    made.add_nodes_from(sorted({f"n{end:03}" for source, target, _ in edges for end in (source, target)}))
    for source, target, weight in edges:
        made.add_edge(f"n{source:03}", f"n{target:03}", weight=weight)
    return made


edges = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14), st.integers(1, 5)), min_size=1, max_size=60)


@settings(max_examples=50, deadline=None)
@given(edges, st.booleans())
def test_measures_are_those_of_networkx(given_edges: list[tuple[int, int, int]], directed: bool) -> None:
    made = network(given_edges, directed=directed)
    simple = (nx.DiGraph if directed else nx.Graph)()
    simple.add_nodes_from(made)
    for source, target, weight in made.edges(data="weight"):
        if source != target:
            before = simple.get_edge_data(source, target, {"weight": 0})["weight"]
            simple.add_edge(source, target, weight=before + weight)
    found = measures.measure(made)
    assert list(found) == list(made)
    between, rank = nx.betweenness_centrality(simple), nx.pagerank(simple, tol=1e-10, max_iter=1000)
    for node, each in found.items():
        assert each.betweenness == pytest.approx(between[node], abs=1e-9)
        assert each.pagerank == pytest.approx(rank[node], abs=1e-8)
        assert each.degree == simple.degree(node)
        assert each.statements == simple.degree(node, weight="weight")
        if directed:
            assert each.in_degree + each.out_degree == each.degree
    sizes = [sum(each.community == number for each in found.values()) for number in range(1, len(found) + 1)]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(found)


def planted() -> Network:
    """Four groups of thirty that are joined inside and hardly between."""
    plain = nx.planted_partition_graph(4, 30, 0.4, 0.01, seed=5)
    return network([(a, b, 1) for a, b in plain.edges], directed=False)


def test_communities_are_found_and_as_good_as_those_of_louvain() -> None:
    made = planted()
    groups: dict[int, set[str]] = {}
    for node, each in measures.measure(made).items():
        groups.setdefault(each.community, set()).add(node)
    assert sorted(groups[1]) in [[f"n{30 * k + i:03}" for i in range(30)] for k in range(4)]
    assert len(groups) == 4
    ours = nx.community.modularity(nx.Graph(made), groups.values())
    assert (
        ours >= nx.community.modularity(nx.Graph(made), nx.community.louvain_communities(nx.Graph(made), seed=1)) - 0.01
    )


def test_measures_are_the_same_in_every_process() -> None:
    code = "from test_measures import planted; from communique import measures; print(measures.measure(planted()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent, capture_output=True, check=True)
    assert done.stdout.decode() == f"{measures.measure(planted())}\n"


def test_betweenness_from_several_threads_is_that_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = nx.gnm_random_graph(300, 1500, seed=1, directed=True)
    made = network([(a, b, 1) for a, b in plain.edges], directed=True)
    alone = measures.measure(made)
    monkeypatch.setattr(measures, "_SERIAL", 0)
    assert measures.measure(made) == alone


def test_the_table_ranks_by_the_measure_that_is_asked_for(store: Store) -> None:
    made = build_network(store, "all")
    answer = measures.table(made, "betweenness", limit=5)
    values = [float(row["betweenness"]) for row in answer.records()]
    assert values == sorted(values, reverse=True)
    assert len(values) == 5
    communities = [int(row["community"]) for row in measures.table(made, "community").records()]
    assert communities == sorted(communities)
    with pytest.raises(UsageError, match="one of degree"):
        measures.table(made, "fame")


def test_exports_carry_the_measures(store: Store, tmp_path: Path) -> None:
    options = Options(view="all", measures=True)
    found = measures.measure(build_network(store, "all"))
    out = io.BytesIO()
    export(store, "node-link", out, options)
    for node in json.loads(out.getvalue())["nodes"]:
        assert {name: node[name] for name in measures.NAMES} == {
            name: getattr(found[node["id"]], name) for name in measures.NAMES
        }
    (tmp_path / "net").mkdir()
    export(store, "csv", tmp_path / "net", options)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "net" / "nodes.csv").read_text(encoding="utf-8"))))
    assert {row["iri"]: int(row["community"]) for row in rows} == {n: each.community for n, each in found.items()}
    for format in ("graphml", "gexf"):
        export(store, format, tmp_path / f"net.{format}", options)
    graph = nx.read_graphml(tmp_path / "net.graphml")
    assert {node: data["pagerank"] for node, data in graph.nodes(data=True)} == {
        n: m.pagerank for n, m in found.items()
    }
    assert "betweenness" in (tmp_path / "net.gexf").read_text(encoding="utf-8")


def test_an_empty_network_has_no_measures() -> None:
    empty: Network = nx.MultiDiGraph()
    assert measures.measure(empty) == {}
    assert measures.table(empty).rows == []
