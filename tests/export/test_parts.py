"""A part of the graph: some statements with all that belongs to them, and nothing that belongs to others alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from communique import ask
from communique.check import check_file
from communique.errors import QueryError, UsageError
from communique.export import Options, blocks, export
from communique.model import Finding
from communique.store import Store
from communique.vocab import CQ, RDF

Written = Callable[..., bytes]
DENIALS = "SELECT ?statement { ?statement cq:kind kind:denial }"


def quads(data: bytes) -> set[Quad]:
    return set(parse(data, RdfFormat.TRIG))


def statements(found: set[Quad]) -> set[str]:
    kind = NamedNode(CQ + "Statement")
    return {str(quad.subject)[1:-1] for quad in found if quad.object == kind and quad.predicate.value == RDF + "type"}


def errors(data: bytes, folder: Path) -> set[Finding]:
    """Return what the shapes find wrong in TriG."""
    file = folder / "part.trig"
    file.write_bytes(data)
    return {finding for finding in check_file(file) if finding.severity == "error"}


@pytest.fixture(scope="module")
def all_statements(store: Store) -> list[str]:
    return [row["s"] for row in ask.rows(store, "SELECT ?s { ?s a cq:Statement }")]


def test_each_statement_can_be_exported_alone_and_together_they_are_the_whole(
    written: Written, all_statements: list[str], tmp_path: Path
) -> None:
    whole, together = quads(written("trig", profile="full")), set[Quad]()
    faults = errors(written("trig", profile="full"), tmp_path)
    for iri in all_statements:
        part = written("trig", profile="full", where=f"SELECT (<{iri}> AS ?statement) {{}}")
        assert statements(quads(part)) == {iri}
        together |= quads(part)
        assert errors(part, tmp_path) <= faults
    assert len(all_statements) == 3
    assert together <= whole
    # What no statement has is what nothing leads to: spans and entities that extraction noted and did not use.
    left = {(quad.subject, quad.graph_name) for quad in whole - together}
    assert left.isdisjoint((quad.object, quad.graph_name) for quad in whole)


def test_two_statements_of_one_document_are_told_apart() -> None:
    base = "https://w3id.org/communique/id/"
    graph, doc = f"<{base}graph/{'a' * 32}>", f"<{base}doc/{'a' * 32}>"
    text = "".join(
        f"<{base}statement/{n}> a cq:Statement ; cq:reportedIn {doc} ; cq:reports <{base}event/{n}> ."
        f"<{base}statement/{n}> cq:reports <{base}event/both> ."
        f"<{base}event/{n}> cq:reportedBy <{base}statement/{n}> ; cq:agent <{base}org/{n}> ."
        f"<{base}event/both> cq:reportedBy <{base}statement/{n}> ."
        f"<{base}fact/{n}> a cq:Fact ; rdf:subject <{base}event/{n}> ; rdf:object <{base}org/{n}> ."
        f'<{base}org/{n}> rdfs:label "{n}" .'
        for n in "12"
    )
    store = Store.memory()
    prefixes = f"@prefix cq: <{CQ}> . @prefix rdf: <{RDF}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    store.dataset.load(f"{prefixes} {graph} {{ {text} {doc} a cq:Document . }}".encode(), RdfFormat.TRIG)
    out = io.BytesIO()
    where = f"SELECT ?statement {{ VALUES ?statement {{ <{base}statement/1> }} }}"
    export(store, "ntriples", out, Options(profile="full", where=where))
    subjects = {line.split()[0].removeprefix(f"<{base}") for line in out.getvalue().decode().splitlines()}
    assert subjects == {"statement/1>", "event/1>", "event/both>", "org/1>", "fact/1>", f"doc/{'a' * 32}>"}


def test_since_and_until_choose_by_day_in_every_kind_of_format(written: Written, store: Store) -> None:
    period = {"since": "2021-05-05", "until": "2021"}
    rows = list(csv.DictReader(io.StringIO(written("table", **period).decode())))
    chosen = {row["statement"] for row in rows}
    assert 0 < len(chosen) < 3
    assert all(row["date"] >= "2021-05-05" for row in rows)
    assert statements(quads(written("trig", **period))) == chosen
    edges = json.loads(written("node-link", view="all", **period))["edges"]
    assert {iri for edge in edges for iri in edge["statements"]} == chosen


def test_a_query_chooses_in_every_kind_of_format(written: Written) -> None:
    chosen = statements(quads(written("trig", where=DENIALS)))
    assert len(chosen) == 1
    rows = list(csv.DictReader(io.StringIO(written("table", where=DENIALS).decode())))
    assert {row["statement"] for row in rows} == chosen
    edges = json.loads(written("node-link", view="all", where=DENIALS))["edges"]
    assert {iri for edge in edges for iri in edge["statements"]} == chosen
    assert written("html", where=DENIALS) != written("html")
    assert written("turtle", where="SELECT ?statement {} LIMIT 0").count(b" a ") == 0
    assert len(statements(quads(written("trig", where="statements")))) == 3


def test_a_query_that_chooses_nothing_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match=r"--where: the query chooses no statements"):
        export(store, "turtle", io.BytesIO(), Options(where="SELECT ?s { ?s a cq:Statement }"))
    with pytest.raises(QueryError, match="SERVICE is refused"):
        export(store, "turtle", io.BytesIO(), Options(where="SELECT * { SERVICE <http://localhost:9/> {} }"))


@pytest.mark.parametrize("format", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_what_does_not_fit_into_memory_goes_through_files(
    written: Written, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written(format, profile="full")
    monkeypatch.setattr(blocks, "HELD", 50)
    assert written(format, profile="full") == whole


def test_the_union_has_the_default_graph_and_not_what_the_store_keeps_for_itself() -> None:
    store = Store.memory()
    text = """
        @prefix : <https://x.example/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        :loose :p 7, 1.50, true, "a\\tb\\n", 2e3, "x"@en-GB, "007"^^xsd:integer, "2031-05-01"^^xsd:date .
        <https://w3id.org/communique/id/graph/links> { :linked :p :o . }
        <https://w3id.org/communique/id/graph/provenance> { :run :p :o ; :q :o . :linked :p :o . }
        <https://w3id.org/communique/id/graph/manifest> { :kept :p :o ; :r :o . :linked :p :o . }
    """
    store.dataset.load(text.encode(), RdfFormat.TRIG)
    loose = set(store.dataset.quads_for_pattern(NamedNode("https://x.example/loose"), None, None))
    for format, syntax in (("turtle", RdfFormat.TURTLE), ("ntriples", RdfFormat.N_TRIPLES)):
        for profile, subjects in (("full", {"loose", "linked", "run"}), ("facts", {"loose", "linked"})):
            out = io.BytesIO()
            export(store, format, out, Options(profile=profile))
            found = list(parse(out.getvalue(), syntax))
            assert {str(quad.subject)[1:-1].rpartition("/")[2] for quad in found} == subjects
            assert len(found) == len(set(found))
            back = Store.memory()
            back.dataset.extend(found)
            assert loose <= set(back.dataset)
