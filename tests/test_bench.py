"""The benchmarks run, and say the same of the same data."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.bench import corpus, page
from tests.bench.figures import Bench, Figure, measured_networks

from communique.check import check_document


def test_bench_documents_are_the_same_each_time_and_conform() -> None:
    made = list(corpus.documents(2000))
    assert made == list(corpus.documents(3000))[: len(made)]
    assert sum(len(quads) for _, quads in made) >= 2000
    assert [check_document(quads) for _, quads in made] == [[] for _ in made]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> list[Figure]:
    bench = Bench(tmp_path_factory.mktemp("bench"), 500, turns=1)
    return [*bench.run(), *measured_networks(60, 200, beside=True)]


def test_every_part_is_measured_beside_its_baseline(figures: list[Figure]) -> None:
    baselines = {(figure.part, figure.baseline) for figure in figures if figure.baseline}
    assert baselines >= {
        ("load", "pyoxigraph bulk_load"),
        ("queries", "pyoxigraph"),
        ("queries", "rdflib"),
        ("validation", "pyshacl"),
        ("exports", "pyoxigraph"),
        ("exports", "rdflib"),
        ("measures", "networkx"),
    }
    agreed = [figure.what for figure in figures if figure.what.startswith("same rows as rdflib")]
    assert agreed == ["same rows as rdflib: 26 of 26 queries"]


def test_page_and_chart_are_written_between_the_marks(
    figures: list[Figure], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "DOCS", tmp_path)
    (tmp_path / "benchmarks.md").write_text(f"before\n{page.BEGIN}old\n{page.END}after\n", encoding="utf-8")
    page.write(figures)
    text = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert text.startswith(f"before\n{page.BEGIN}")
    assert text.endswith(f"{page.END}after\n")
    assert "| 500 | all ten |" in text
    assert "old" not in text
    chart = ElementTree.fromstring((tmp_path / "benchmarks.svg").read_text(encoding="utf-8"))
    assert len(chart.findall(".//{http://www.w3.org/2000/svg}path")) > 4
