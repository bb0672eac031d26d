from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from communique.export import Options, export
from communique.store import Store
from communique.vocab import CQ, DCTERMS, NIF, PROV, RDF, RDFS, SCHEMA

Written = Callable[..., bytes]

TRIPLES = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
PROFILES = ("facts", "entities", "full")


def triples(data: bytes, form: RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in parse(data, format=form)}


def quads(data: bytes, form: RdfFormat) -> set[str]:
    return {str(quad) for quad in parse(data, format=form)}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("format", list(TRIPLES))
def test_all_formats_of_triples_hold_the_same_triples(written: Written, format: str, profile: str) -> None:
    expected = triples(written("ntriples", profile=profile), RdfFormat.N_TRIPLES)
    assert triples(written(format, profile=profile), TRIPLES[format]) == expected


def test_full_is_everything_that_the_store_holds(store: Store, written: Written) -> None:
    expected = quads(store.nquads(), RdfFormat.N_QUADS)
    assert quads(written("nquads", profile="full"), RdfFormat.N_QUADS) == expected
    assert quads(written("trig", profile="full"), RdfFormat.TRIG) == expected


def test_triples_that_stand_in_several_graphs_are_written_once(written: Written) -> None:
    lines = written("ntriples", profile="full").splitlines()
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(("format", "syntax"), [("turtle", "turtle"), ("rdfxml", "rdfxml"), ("ntriples", "ntriples")])
@pytest.mark.parametrize("profile", PROFILES)
def test_rapper_reads_as_many_triples(
    written: Written, program: Callable[..., str], format: str, syntax: str, profile: str
) -> None:
    found = program(
        "rapper",
        "-q",
        "-i",
        syntax,
        "-o",
        "ntriples",
        "-",
        "http://example.org/",
        given=written(format, profile=profile),
    )
    assert len(set(found.splitlines())) == len(written("ntriples", profile=profile).splitlines())


@pytest.mark.parametrize(("format", "syntax"), [("trig", "trig"), ("nquads", "nquads"), ("turtle", "turtle")])
def test_serdi_reads_as_many_statements(
    written: Written, program: Callable[..., str], format: str, syntax: str
) -> None:
    found = program("serdi", "-i", syntax, "-o", "nquads", "-", given=written(format, profile="full"))
    plain = "ntriples" if format == "turtle" else "nquads"
    assert len(set(found.splitlines())) == len(set(written(plain, profile="full").splitlines()))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own parser uses it
def test_rdflib_reads_the_json_ld(written: Written) -> None:
    graph = rdflib.Graph().parse(data=written("jsonld"), format="json-ld")
    assert len(graph) == len(written("ntriples").splitlines())


def test_json_ld_has_readable_keys_and_names(written: Written) -> None:
    nodes = json.loads(written("jsonld"))["@graph"]
    statement = next(node for node in nodes if node["type"] == "cq:Statement" and node["issued"] == "2021-05-04")
    assert statement["kinds"] == ["kind:appeal", "kind:protest"]
    assert statement["recipient"] == ["org/osce", "org/un-security-council"]
    assert statement["label"] == "Appeal and protest by Lidia Maren, 4 May 2021"


@pytest.mark.parametrize("profile", ["facts", "full"])
@pytest.mark.parametrize("format", list(TRIPLES))
def test_a_claim_stays_a_claim_in_every_serialisation(written: Written, format: str, profile: str) -> None:
    graph = rdflib.Graph()
    for quad in parse(written(format, profile=profile), format=TRIPLES[format]):
        graph.parse(data=f"{quad.triple} .", format="nt")
    events = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(CQ + "ReportedEvent")))
    assert len(events) == 3
    for event in events:
        assert len(set(graph.objects(event, rdflib.URIRef(CQ + "modality")))) == 1
        assert set(graph.objects(event, rdflib.URIRef(CQ + "reportedBy")))


def test_facts_leave_out_spans_reified_facts_texts_and_the_run(written: Written) -> None:
    text = written("ntriples", profile="facts").decode()
    for absent in ("#char=", NIF, CQ + "Fact", RDF + "subject", PROV + "wasGeneratedBy"):
        assert absent not in text
    for present in (CQ + "demands", CQ + "quotation", CQ + "characterizes", DCTERMS + "source", CQ + "canonical"):
        assert present in text


def test_entities_hold_names_identifiers_and_links_only(written: Written) -> None:
    found = list(parse(written("ntriples", profile="entities"), format=RdfFormat.N_TRIPLES))
    predicates = {quad.predicate.value for quad in found}
    assert {RDFS + "label", CQ + "canonical", CQ + "countryCode"} <= predicates
    assert not predicates & {CQ + "issuer", CQ + "reports", CQ + "modality", DCTERMS + "source"}
    assert any("Q37470" in str(quad.object) for quad in found)
    assert any(str(quad.object).startswith('"POINT') for quad in found)


@pytest.mark.parametrize("profile", PROFILES)
def test_without_text_no_words_of_documents_are_passed_on(written: Written, profile: str) -> None:
    text = written("ntriples", profile=profile, without_text=True).decode()
    for absent in (NIF + "isString", NIF + "anchorOf", SCHEMA + "text"):
        assert absent not in text
    assert (NIF + "beginIndex" in text) == (profile == "full")


def test_offsets_keep_the_datatype_that_the_model_declares(written: Written) -> None:
    text = written("turtle", profile="full").decode()
    assert "^^xsd:nonNegativeInteger" in text
    assert not [line for line in text.splitlines() if "nif:beginIndex" in line and "nonNegativeInteger" not in line]


def test_turtle_begins_with_documents_and_statements_and_runs_on_by_offset(written: Written) -> None:
    subjects = [line.split()[0] for line in written("turtle").decode().splitlines() if line and line[0] not in "@\t"]
    kinds = list(dict.fromkeys(subject.partition(":")[0] for subject in subjects))
    assert kinds[:4] == ["doc", "statement", "attribution", "event"]
    offsets = [int(subject.rsplit("-")[-2]) for subject in subjects if subject.startswith("event:687360b")]
    assert offsets == sorted(offsets)


def test_rdf_xml_replaces_what_xml_cannot_hold(program: Callable[..., str]) -> None:
    store = Store.memory()
    store.dataset.load(
        f'<https://x.example/a> <{RDFS}label> "page one\\fpage two"@en .'.encode(),
        RdfFormat.N_TRIPLES,
        to_graph=store.graph_name("links"),
    )
    out = io.BytesIO()
    export(store, "rdfxml", out, Options(profile="full"))
    assert "page one\ufffdpage two".encode() in out.getvalue()
    program("rapper", "-q", "-i", "rdfxml", "-o", "ntriples", "-", "http://example.org/", given=out.getvalue())
