"""`--min-confidence`: what is less sure is gone, with what hangs on it, and the rest is left as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from command import Commands
from communique import ask, check, network
from communique.confidence import at_least
from communique.errors import UsageError
from communique.store import Store
from communique.vocab import CQ, ITSRDF, PROV, RDF
from communique.workers import QueryWorkers

SAMPLE = Path(__file__).parent / "queries" / "sample.trig"
REPORTED = NamedNode(CQ + "ReportedEvent")
CONFIDENCES = st.sampled_from((0.0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 1.0))


def sample(changed: Iterable[tuple[str, str, float]] = ()) -> Store:
    """The sample, in which the facts with a predicate, about an object that ends so, get another confidence."""
    store = Store.memory()
    store.dataset.load(path=str(SAMPLE), format=RdfFormat.TRIG)
    for predicate, ending, value in changed:
        for fact in facts(store, predicate, ending):
            for quad in list(store.dataset.quads_for_pattern(fact, NamedNode(CQ + "confidence"), None, None)):
                store.dataset.remove(quad)
                decimal = Literal(str(value), datatype=quad.object.datatype)  # type: ignore[union-attr]
                store.dataset.add(Quad(quad.subject, quad.predicate, decimal, quad.graph_name))
    return store


def facts(store: Store, predicate: str, ending: str) -> list[NamedNode]:
    rows = store.dataset.query(
        f"SELECT ?fact {{ GRAPH ?g {{ ?fact <{RDF}predicate> <{predicate}> ; <{RDF}object> ?o "
        f'FILTER(STRENDS(STR(?o), "{ending}")) }} }}'
    )
    return [row["fact"] for row in rows]  # type: ignore[union-attr]


def said(store: Store) -> set[Quad]:
    return set(store.dataset)


@settings(max_examples=15)
@given(CONFIDENCES, CONFIDENCES)
def test_the_surer_graph_is_part_of_the_less_sure_one(one: float, other: float) -> None:
    low, high = sorted((one, other))
    whole, more, less = said(sample()), said(at_least(sample(), low)), said(at_least(sample(), high))
    assert less <= more <= whole
    assert more == whole or low > 0


@settings(max_examples=10)
@given(CONFIDENCES)
def test_nothing_less_sure_is_left_and_every_surer_edge_between_what_is_left(minimum: float) -> None:
    kept = at_least(sample(), minimum)
    for predicate in (CQ + "confidence", ITSRDF + "taConfidence"):
        for quad in kept.dataset.quads_for_pattern(None, NamedNode(predicate), None, None):
            assert float(quad.object.value) >= minimum  # type: ignore[union-attr]
    left = {quad.subject for quad in kept.dataset} | {quad.object for quad in kept.dataset}
    for row in ask.rows(sample(), "SELECT * { ?f a cq:Fact ; rdf:subject ?s ; rdf:object ?o ; cq:confidence ?sure }"):
        if float(row["sure"]) >= minimum and {NamedNode(row["s"]), NamedNode(row["o"])} <= left:
            assert NamedNode(row["f"]) in left


@pytest.mark.parametrize("minimum", [0.6, 0.85, 1.0])
def test_what_is_left_validates_but_for_statements_of_no_sure_kind(minimum: float) -> None:
    kept = at_least(sample(), minimum)
    before = {finding.message for finding in check.check_store(sample().dataset, kept.base)}
    found = {finding.message for finding in check.check_store(kept.dataset, kept.base)}
    allowed = ("A statement has one to three kinds", "It was not found out who issued")
    assert not [each for each in found - before if not each.startswith(allowed)]


def test_an_event_goes_with_the_source_that_alleges_it() -> None:
    """Else what the police say would become the issuer's own claim."""
    store = sample()
    event, graph = next(
        (quad.subject, quad.graph_name)
        for quad in list(store.dataset.quads_for_pattern(None, NamedNode(RDF + "type"), REPORTED, None))
    )
    source, fact = NamedNode("https://example.org/police"), NamedNode("https://example.org/fact")
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    store.add(
        Quad(subject, NamedNode(predicate), target, graph)
        for subject, predicate, target in (
            (event, CQ + "attributedTo", source),
            (fact, RDF + "type", NamedNode(CQ + "Fact")),
            (fact, RDF + "subject", event),
            (fact, RDF + "predicate", NamedNode(CQ + "attributedTo")),
            (fact, RDF + "object", source),
            (fact, CQ + "confidence", Literal("0.1", datatype=decimal)),
        )
    )
    kept = at_least(store, 0.15)
    assert list(sample().dataset.quads_for_pattern(event, None, None, None))
    assert not list(kept.dataset.quads_for_pattern(event, None, None, None))
    assert not list(kept.dataset.quads_for_pattern(None, None, event, None))


def test_an_issuer_goes_from_the_attribution_and_from_the_links_too() -> None:
    issuers = {row["i"] for row in ask.rows(sample(), "SELECT ?i { ?s cq:issuer ?i }")}
    kept = at_least(sample([(CQ + "issuer", "", 0.1)]), 0.15)
    assert issuers
    assert not ask.rows(kept, "SELECT ?i { ?s cq:issuer ?i }")
    assert not list(kept.dataset.quads_for_pattern(None, NamedNode(PROV + "agent"), None, None))
    links = kept.graph_name("links")
    linked = {quad.subject for quad in kept.dataset.quads_for_pattern(None, NamedNode(CQ + "canonical"), None, links)}
    typed = {quad.subject for quad in kept.dataset.quads_for_pattern(None, NamedNode(RDF + "type"), None, None)}
    assert linked <= typed


def test_a_network_holds_only_edges_that_are_sure_enough() -> None:
    pairs = len(ask.rows(sample(), "addresses"))
    kept = at_least(sample([(CQ + "recipient", "", 0.4)]), 0.45)
    assert pairs
    assert network.build_network(kept, "addresses").number_of_edges() == 0


def test_workers_answer_as_the_copy_does(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Store.open(folder, "write") as store:
        store.dataset.load(path=str(SAMPLE), format=RdfFormat.TRIG)
    with QueryWorkers(folder, jobs=1, min_confidence=0.9) as workers:
        assert workers.ask("demands").payload == ask.ask(at_least(sample(), 0.9), "demands").payload


def test_commands_take_a_confidence(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", "write") as store:
        store.dataset.load(path=str(SAMPLE), format=RdfFormat.TRIG)
    commands = Commands()

    def run(*arguments: str) -> bytes:
        done = commands.run(*arguments, "--store", "store", folder=tmp_path)
        assert done.status == 0, done.errors
        return done.output

    try:
        mentions = ("query", "mentions", "-p", "entity=Kessel", "-f", "jsonl", "--min-confidence")
        rows = [json.loads(line) for line in run(*mentions, "0.9").splitlines()]
        assert all(row["confidence"] >= 0.9 for row in rows)
        assert len(rows) < len(run(*mentions, "0").splitlines())
        assert run(*mentions, "0.9", "--timeout", "60") == run(*mentions, "0.9")
        exports = [run("export", "ntriples", "--min-confidence", least) for least in ("0", "1")]
        assert set(exports[1].splitlines()) < set(exports[0].splitlines())
    finally:
        commands.close()


@pytest.mark.parametrize("minimum", [-0.1, 1.5, float("nan")])
def test_a_confidence_is_between_0_and_1(minimum: float) -> None:
    with pytest.raises(UsageError, match="from 0 to 1"):
        at_least(sample(), minimum)
