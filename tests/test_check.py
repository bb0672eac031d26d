"""Findings: what a user is told about a graph that breaks a shape."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import Graph
from rdflib.namespace import RDF, SH

from communique.check import (
    authority_report,
    check_document,
    check_file,
    check_store,
    rdflib_graph,
    report_turtle,
)
from communique.errors import DataError, UsageError
from communique.model import Finding
from communique.vocab import CQ, DEFAULT_BASE, NIF, RDFS

BASE = Path(__file__).parent / "shapes" / "base"
DOCUMENT = "c90dfb7701868337de75b9e73548b65c"
GRAPH = NamedNode(f"{DEFAULT_BASE}graph/{DOCUMENT}")
LINKS, AUTHORITY = (NamedNode(f"{DEFAULT_BASE}graph/{name}") for name in ("links", "authority"))


def document() -> list[Quad]:
    found = parse(path=str(BASE / "document.ttl"), format=RdfFormat.TURTLE)
    return [Quad(q.subject, q.predicate, q.object, GRAPH) for q in found]


def without(predicate: str) -> list[Quad]:
    return [q for q in document() if q.predicate.value != predicate]


def store(*quads: Quad) -> Store:
    made = Store()
    made.extend(quads)
    return made


def into(graph: NamedNode, file: str) -> list[Quad]:
    found = parse(path=str(BASE / file), format=RdfFormat.TURTLE)
    return [Quad(q.subject, q.predicate, q.object, graph) for q in found]


def names(findings: list[Finding]) -> set[str]:
    return {f.shape.rsplit("/", 1)[-1] for f in findings}


def test_a_sound_document_has_no_findings() -> None:
    assert check_document(document()) == []


def test_a_finding_names_document_source_offsets_and_words() -> None:
    (finding,) = check_document(without(CQ + "modality"))
    assert (finding.document, finding.source) == (DOCUMENT, "letters/tissa.txt")
    assert (finding.begin, finding.end, finding.words) == (207, 214, "shelled")
    assert (finding.severity, finding.shape) == ("error", "https://w3id.org/communique/shape/event-modality")
    assert finding.focus == f"{DEFAULT_BASE}event/{DOCUMENT}-207-214"
    assert finding.path == CQ + "modality"
    assert finding.component == str(SH.MinCountConstraintComponent)


def test_an_ungrounded_edge_is_found_at_the_entity_s_words() -> None:
    facts = {q.subject for q in document() if q.object == NamedNode(CQ + "issuer")}
    (finding,) = check_document(q for q in document() if q.subject not in facts)
    assert finding.message == (
        f"The edge issuer to person/{DOCUMENT}-ilva-dorn shows no words: give it a cq:Fact with cq:evidence."
    )
    assert finding.words == "Ilva Dorn"


def test_a_span_that_lies_is_found_at_its_own_place() -> None:
    trigger = NamedNode(f"{DEFAULT_BASE}doc/{DOCUMENT}#char=207,214")
    quads = [q for q in document() if (q.subject, q.predicate.value) != (trigger, NIF + "anchorOf")]
    word = next(q for q in document() if q.predicate.value == NIF + "anchorOf" and q.object.value == "villagers")
    quads.append(Quad(trigger, word.predicate, word.object, GRAPH))
    (finding,) = check_document(quads)
    assert finding.message == "The span claims the words 'villagers', but the text has 'shelled' there."
    assert (finding.begin, finding.end, finding.words) == (207, 214, "shelled")


def test_a_value_that_breaks_a_shape_is_quoted_with_its_prefix() -> None:
    kind = NamedNode("https://w3id.org/communique/kind/lament")
    statement = next(q.subject for q in document() if q.object == NamedNode(CQ + "Statement"))
    findings = check_document([*document(), Quad(statement, NamedNode(CQ + "kind"), kind, GRAPH)])
    assert any(f.message.endswith("Found: kind:lament") for f in findings)


def test_errors_come_before_warnings_and_then_in_the_order_of_the_text() -> None:
    gone = {CQ + name for name in ("modality", "action", "issuer")}
    findings = check_document(q for q in document() if q.predicate.value not in gone)
    ranks = [["error", "warning", "info"].index(f.severity) for f in findings]
    assert ranks == sorted(ranks)
    errors = [f.begin for f in findings if f.severity == "error"]
    assert errors == sorted(errors)


def test_a_statement_without_issuer_is_a_warning() -> None:
    gone = {CQ + "issuer", "http://www.w3.org/ns/prov#qualifiedAttribution", "http://www.w3.org/ns/prov#agent"}
    findings = check_document(q for q in document() if q.predicate.value not in gone)
    assert {f.severity for f in findings if f.shape.endswith("issuer-missing")} == {"warning"}


def test_findings_are_the_same_in_whatever_order_the_quads_come() -> None:
    quads = without(RDFS + "label")
    assert check_document(quads) == check_document(reversed(quads))


def test_nothing_to_check_is_no_error() -> None:
    assert check_document([]) == []


def test_a_dataset_is_checked_document_by_document_then_links_then_authority() -> None:
    quads = without(CQ + "modality")
    entities = {q.subject for q in quads if q.predicate.value == RDFS + "label"}
    canonical = NamedNode(CQ + "canonical")
    quads += [Quad(e, canonical, e, LINKS) for e in entities if "/event/" not in e.value and "/time/" not in e.value]
    quads += [q for q in into(AUTHORITY, "authority.ttl") if q.predicate.value != RDFS + "label"]
    found = [f.document for f in check_store(store(*quads))]
    assert sorted(set(found), key=found.index) == [DOCUMENT, "links", "authority"]


def test_an_entity_without_a_canonical_node_is_found_across_graphs() -> None:
    quads = [*document(), *into(LINKS, "links.ttl")]
    findings = list(check_store(store(*quads)))
    assert names(findings) == {"canonical-one"}
    assert f"{DEFAULT_BASE}org/un" not in {f.focus for f in findings}
    assert f"{DEFAULT_BASE}office/un-secretary-general" in {f.focus for f in findings}


def test_a_dataset_without_links_is_not_blamed_for_them() -> None:
    assert list(check_store(store(*document()))) == []


def test_a_wrong_base_is_a_warning() -> None:
    (finding,) = check_store(store(*document()), "https://example.org/")
    assert finding.severity == "warning"
    assert "https://example.org/" in finding.message


def test_large_graphs_are_left_to_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {(f.shape, f.focus, f.severity) for f in check_document(without(CQ + "modality"))}
    monkeypatch.setattr("communique.check.AUTHORITY_LIMIT", 10)
    assert {(f.shape, f.focus, f.severity) for f in check_document(without(CQ + "modality"))} == expected


@pytest.mark.parametrize("suffix", ["trig", "nq", "ttl"])
def test_a_file_is_checked_by_its_suffix(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph with spaces.{suffix}"
    quads = without(CQ + "modality")
    if suffix == "ttl":
        quads = [Quad(q.subject, q.predicate, q.object) for q in quads]
    made = store(*quads)
    if suffix == "ttl":
        made.dump(path, format=RdfFormat.TURTLE, from_graph=DefaultGraph())
    else:
        made.dump(path, format=RdfFormat.from_extension(suffix))
    assert names(list(check_file(path))) == {"event-modality"}


def test_a_file_built_under_another_base_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    store(*without(CQ + "modality")).dump(path, format=RdfFormat.N_QUADS)
    path.write_text(path.read_text("utf-8").replace(DEFAULT_BASE, "https://example.org/id/"), "utf-8")
    assert names(list(check_file(path))) == {"event-modality"}


@pytest.mark.parametrize(("name", "error"), [("graph.docx", UsageError), ("gone.trig", UsageError)])
def test_a_file_that_cannot_be_checked_is_named(tmp_path: Path, name: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=re.escape(name)):
        check_file(tmp_path / name)


def test_a_file_that_is_not_well_formed_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.trig"
    path.write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.trig"):
        check_file(path)


def test_the_report_is_one_that_shacl_tools_understand() -> None:
    findings = check_document(without(CQ + "modality"))
    read = Graph().parse(data="".join(report_turtle(findings)), format="turtle")
    report = read.value(predicate=RDF.type, object=SH.ValidationReport)
    assert read.value(report, SH.conforms).toPython() is False  # type: ignore[union-attr]
    (result,) = read.objects(report, SH.result)
    for needed in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape, SH.resultMessage):
        assert read.value(result, needed) is not None


def test_a_report_of_nothing_conforms() -> None:
    text = "".join(report_turtle([Finding(source="a.txt", severity="error", message="cannot be read")]))
    graph = Graph().parse(data=text, format="turtle")
    assert [o.toPython() for o in graph.objects(None, SH.conforms)] == [True]


def test_the_report_of_the_findings_repeats_the_authority_s() -> None:
    data = store(*(Quad(q.subject, q.predicate, q.object) for q in without(CQ + "addressee")))
    official = authority_report(data, "document-shapes")
    ours = Graph().parse(data="".join(report_turtle(check_document(without(CQ + "addressee")))), format="turtle")
    for part in (SH.sourceShape, SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
        assert sorted(ours.objects(None, part)) == sorted(official.objects(None, part))


def test_data_and_shapes_agree_on_plain_strings() -> None:
    """rdflib and Oxigraph hold a plain string and an xsd:string apart or together; here they must not matter."""
    data = store(*(Quad(q.subject, q.predicate, q.object) for q in document()))
    text = (BASE / "document.ttl").read_text(encoding="utf-8")
    by_rdflib = Graph().parse(data=text, format="turtle")
    assert {o for o in rdflib_graph(data).objects(None, None) if "Tissa" in o} == {
        o for o in by_rdflib.objects(None, None) if "Tissa" in o
    }
