"""The ontology and the concept schemes: read by parsers that share no code with ours, and complete."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

import communique
from communique.resources import shape
from communique.vocab import CQ, ETYPE, EVENT_TYPES, KIND, KINDS, MODALITIES

ROOT = Path(__file__).parents[2]
SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))
# cq:name in Turtle, SPARQL and JSON-LD; CQ + "name" in Python.
USES = re.compile(r"\bcq:([A-Za-z]\w*)|\bCQ \+ \"(\w+)\"|\{CQ\}(\w+)")


def ontology() -> Graph:
    return Graph().parse(data=shape("ontology"), format="turtle")


@pytest.mark.parametrize("path", SHAPES, ids=lambda p: p.stem)
@pytest.mark.parametrize("command", [("rapper", "-q", "-c", "-i", "turtle"), ("serdi", "-q", "-o", "ntriples")])
def test_an_independent_parser_reads_it(path: Path, command: tuple[str, ...]) -> None:
    if shutil.which(command[0]) is None:
        if os.environ.get("CI"):
            pytest.fail(f"{command[0]} is not installed, and in CI nothing is left out")
        pytest.skip(f"{command[0]} is not installed: apt-get install raptor2-utils serdi")
    done = subprocess.run([*command, str(path)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stderr


def test_it_has_one_version_and_imports_nothing() -> None:
    graph = ontology()
    header = URIRef(CQ.removesuffix("#"))
    assert [str(o) for o in graph.objects(header, OWL.versionIRI)] == [f"{header}/0.1.0"]
    assert (None, OWL.imports, None) not in graph


def test_every_term_in_use_is_declared() -> None:
    declared = {str(s).removeprefix(CQ) for s in ontology().subjects(RDFS.isDefinedBy)}
    package = Path(communique.__file__).parent
    files = [*SHAPES, *(ROOT / "queries").rglob("*.rq"), *package.rglob("*.py"), *package.rglob("*.jsonld")]
    files += [p for p in (ROOT / "tests").rglob("*") if p.suffix in {".trig", ".ttl"}]
    for path in files:
        used = {next(filter(None, m.groups())) for m in USES.finditer(path.read_text(encoding="utf-8"))}
        assert used - declared == set(), path


def test_every_property_domain_and_range_is_a_class_or_datatype() -> None:
    graph = ontology()
    for prop in [*graph.subjects(RDF.type, OWL.ObjectProperty), *graph.subjects(RDF.type, OWL.DatatypeProperty)]:
        for end in [*graph.objects(prop, RDFS.domain), *graph.objects(prop, RDFS.range)]:
            own = str(end).startswith(CQ)
            assert not own or (end, RDF.type, OWL.Class) in graph, (prop, end)


@pytest.mark.parametrize("term", ["agent", "patient", "attributedTo", "reports", "evidence", "trigger"])
def test_no_inference_makes_a_claim_a_fact(term: str) -> None:
    """Nothing that an event leads to becomes a prov:Agent or prov:Entity, and no event a prov:Activity."""
    graph = ontology()
    reached = {URIRef(CQ + term)}
    for _ in range(4):
        for node in list(reached):
            reached |= {URIRef(str(o)) for p in PATHS for o in graph.objects(node, p) if isinstance(o, URIRef)}
    assert not [r for r in reached if r.startswith("http://www.w3.org/ns/prov#")]


PATHS = (RDFS.subPropertyOf, RDFS.range, RDFS.subClassOf)


@pytest.mark.parametrize(
    ("name", "namespace", "expected"), [("kinds", KIND, KINDS), ("event-types", ETYPE, EVENT_TYPES)]
)
def test_a_scheme_holds_the_concepts_of_the_program(name: str, namespace: str, expected: list[str]) -> None:
    graph = Graph().parse(data=shape(name), format="turtle")
    assert {str(c) for c in graph.subjects(RDF.type, SKOS.Concept)} == {namespace + n for n in expected}


def test_the_four_modalities_are_declared() -> None:
    found = {str(s).removeprefix(CQ) for s in ontology().subjects(RDF.type, URIRef(CQ + "Modality"))}
    assert found == set(MODALITIES)


def test_each_of_plovers_sixteen_types_has_its_code() -> None:
    graph = Graph().parse(data=shape("event-types"), format="turtle")
    for name in EVENT_TYPES[:16]:
        codes = {str(o) for o in graph.objects(URIRef(ETYPE + name), SKOS.notation)}
        assert name.upper() in codes


def test_every_cameo_root_but_the_statement_is_placed() -> None:
    graph = Graph().parse(data=shape("event-types"), format="turtle")
    codes = {
        str(o) for o in graph.objects(None, SKOS.notation) if getattr(o, "datatype", None) == URIRef(CQ + "cameoCode")
    }
    assert codes == {f"{n:02d}" for n in range(2, 21)}


def test_the_guide_explains_every_term_and_concept() -> None:
    guide = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    terms = {"cq:" + str(s).removeprefix(CQ) for s in ontology().subjects(RDFS.isDefinedBy)}
    missing = {term for term in terms if not re.search(rf"`{term}\b", guide)}
    missing |= {name for name in [*KINDS, *EVENT_TYPES] if f"| `{name}` |" not in guide}
    assert missing == {"cq:Modality"}


@pytest.mark.parametrize(("name", "predicate"), [("kinds", SKOS.definition), ("event-types", SKOS.notation)])
def test_the_guide_s_tables_repeat_the_schemes(name: str, predicate: URIRef) -> None:
    guide = (ROOT / "docs" / "model.md").read_text(encoding="utf-8").casefold()
    for text in Graph().parse(data=shape(name), format="turtle").objects(None, predicate):
        if not str(text).startswith("What a statement does."):
            assert str(text).rstrip(".").casefold() in guide
