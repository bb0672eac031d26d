"""Clusters of entities against those that people made, and samples to judge."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.build import build
from communique.errors import DataError, UsageError
from communique.evaluate.clusters import measure, measure_store, read_clusters
from communique.evaluate.sample import sample_entities, sample_links
from communique.vocab import DEFAULT_BASE

NAMES = ("Mira Solenko", "Mira J. Solenko", "Tarn Oake")


def test_pairs_and_b3_are_counted_as_published() -> None:
    # Seven entities in true clusters of 5 and 2, of which one of the 5 was put with the 2.
    gold = dict(zip("abcdefg", "1111122", strict=True))
    found = dict(zip("abcdefg", "xxxxyyy", strict=True))
    figures = measure(found, gold)
    assert figures.pairwise.precision == pytest.approx(7 / 9)
    assert figures.pairwise.recall == pytest.approx(7 / 11)
    assert figures.b3.precision == pytest.approx((4 + 1 / 3 + 2 * 2 / 3) / 7)
    assert figures.b3.recall == pytest.approx((4 * 4 / 5 + 1 / 5 + 2) / 7)
    assert {(each.kind, each.labels, each.pairs) for each in figures.errors} == {
        ("wrong", ("1", "2"), 2),
        ("missed", ("1", "1"), 4),
    }


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=9))
def test_clusters_that_are_right_have_no_errors(labels: list[str]) -> None:
    gold = {str(number): label for number, label in enumerate(labels)}
    figures = measure(gold, gold)
    assert (figures.pairwise.f1, figures.b3.f1, figures.errors) == (1.0, 1.0, ())


def test_a_file_of_clusters_is_read_and_its_faults_are_named(tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    path.write_text("entity,name,cluster\nperson/a,A,one\nperson/b,B,\n", encoding="utf-8")
    assert read_clusters(path, DEFAULT_BASE) == {f"{DEFAULT_BASE}person/a": "one"}
    path.write_text("entity,cluster\nperson/a,one\nperson/a,two\n", encoding="utf-8")
    with pytest.raises(DataError, match="row 3"):
        read_clusters(path, DEFAULT_BASE)
    path.write_text("iri,cluster\n", encoding="utf-8")
    with pytest.raises(DataError, match="columns"):
        read_clusters(path, DEFAULT_BASE)
    with pytest.raises(UsageError):
        read_clusters(tmp_path / "none.csv", DEFAULT_BASE)


def test_a_store_is_measured_and_sampled(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        text = f"{name} condemned the shelling of Brenn on {number + 1} May 2031 in a statement.\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    store = build(sorted(tmp_path.glob("*.txt"))).open()
    entities, links = io.StringIO(), io.StringIO()
    drawn = sample_entities(store, 100, 7, entities)
    rows = list(csv.DictReader(io.StringIO(entities.getvalue())))
    assert drawn == len(rows)
    assert {"Tarn Oake"} <= {row["label"] for row in rows}
    assert all(row["junk"] == "" for row in rows)
    assert sample_links(store, 100, 7, links) == 1
    (link,) = csv.DictReader(io.StringIO(links.getvalue()))
    assert {link["label"], link["canonical label"]} == {"Mira Solenko", "Mira J. Solenko"}
    assert "condemned the shelling" in link["context"]
    again = io.StringIO()
    sample_entities(store, 2, 7, again)
    once = io.StringIO()
    sample_entities(store, 2, 7, once)
    assert again.getvalue() == once.getvalue()
    told = tmp_path / "gold.csv"
    told.write_text(
        f"entity,cluster\n{link['entity']},mira\n{link['canonical']},mira\nperson/nobody,mira\n", encoding="utf-8"
    )
    found = measure_store(store, told)
    assert (found.entities, found.pairwise.f1, found.unknown) == (2, 1.0, (f"{DEFAULT_BASE}person/nobody",))
