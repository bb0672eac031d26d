"""The read index says what the store says."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import numpy as np
import pytest

from communique.network import VIEWS, build_network
from communique.serve.edition import Editions
from communique.serve.filters import Filter, match, select
from communique.serve.networks import network
from communique.store import Store


@pytest.mark.parametrize("view", VIEWS)
def test_networks_of_the_index_are_those_of_the_queries(store: Path, view: str) -> None:
    """Same nodes and edges, weights, days and claimants, so that a page and an export never disagree."""
    with Store.open(store) as opened:
        expected = build_network(opened, view)
    editions = Editions(store)
    with editions.current() as edition:
        everything = np.ones(edition.index.size, dtype=np.bool_)
        found = network(edition.index, everything, view, limit=100_000)
    editions.close()
    assert {n["id"]: (n["label"], n["type"]) for n in found["nodes"]} == {
        node: (data["label"], data["type"]) for node, data in expected.nodes(data=True)
    }
    edges = {
        (
            *(sorted((a, b)) if view == "co-addressed" else (a, b)),
            data["relation"],
            data["modality"].rpartition("#")[2],
        ): (data["weight"], data["first"], data["last"], list(data["claimants"]))
        for a, b, data in expected.edges(data=True)
    }
    assert {
        (e["source"], e["target"], e["relation"], e["modality"]): (e["weight"], e["first"], e["last"], e["claimants"])
        for e in found["edges"]
    } == edges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shelling of", '"shelling" "of"*'),
        ('"school yard" now', '"school yard" "now"*'),
        ('"school yard"', '"school yard"'),
        ('a OR b NOT c"', '"a" "OR" "b" "NOT" "c"'),
        ("--- *", ""),
    ],
)
def test_words_are_never_operators(text: str, expected: str) -> None:
    assert match(text) == expected


def test_connections_go_with_their_threads(store: Path) -> None:
    editions = Editions(store)
    with editions.current() as edition:
        index = edition.index
        before = len(index._connections)
        for _ in range(3):
            thread = threading.Thread(target=index.node, args=("none",))
            thread.start()
            thread.join()
        gc.collect()  # a connection holds its statements, and they it
        assert len(index._connections) == before
    editions.close()


def test_periods_include_dates_that_are_known_in_part(store: Path) -> None:
    editions = Editions(store)
    with editions.current() as edition:
        index = edition.index
        year = select(index, Filter(since="2023", until="2023"))
        parts = sum(int(select(index, Filter(since=f"2023-{m:02}", until=f"2023-{m:02}")).sum()) for m in range(1, 13))
        assert 0 < int(year.sum()) == parts
    editions.close()
