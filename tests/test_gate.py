"""The gate against the authority on documents with faults strewn in; ``make agree`` does it for 100,000 triples."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from communique.build import Options, document_quads
from communique.check import check_document
from communique.read import Source, read
from faults import compared, with_faults

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
OPTIONS = Options(authority=(EXAMPLES / "authority.csv",))
CHOSEN = ("01-ombudsman-protest.txt", "09-agency-report-two-sides.txt", "17-congratulation.txt")


def triples(name: str) -> bytes:
    (document,) = read(Source(name, str(EXAMPLES / name), ".txt"))
    quads = document_quads(document, OPTIONS)
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it tells of every bent date at length


@pytest.mark.parametrize("name", CHOSEN)
def test_both_engines_find_the_same_faults(name: str) -> None:
    clean = triples(name)
    assert compared(clean, "document-shapes") == (set(), set())
    for seed in range(2):
        gate, authority = compared(with_faults(clean, 0.02, seed), "document-shapes")
        assert gate == authority != set()


def test_what_the_gate_cannot_read_is_for_the_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> None:
        raise ValueError("no such syntax")

    broken = with_faults(triples(CHOSEN[0]), 0.05, 1)
    expected = check_document(broken)
    assert expected
    monkeypatch.setattr("communique.check.gate_report", unreadable)
    found = check_document(broken)
    assert {finding.shape for finding in found} >= {finding.shape for finding in expected}
