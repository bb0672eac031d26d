"""Checks graphs against the SHACL shapes and turns what fails into findings that name document, offset and words.

Two engines work together. ``shacl`` is the gate: it runs on every graph and takes milliseconds. ``pyshacl`` is the
authority: where the gate finds a violation, it runs the shapes that are broken, and its report is the one that counts;
and it runs all shapes on every :data:`SAMPLE`-th document of a dataset, whatever the gate says. Tests hold both to the
same results on every case of every shape and on a large dataset with faults in it. On graphs of more than
:data:`AUTHORITY_LIMIT` triples (the links of a large collection) the authority would take minutes, so there the gate's
own report stands.

rdflib and Oxigraph disagree whether ``"x"`` equals ``"x"^^xsd:string``, which breaks ``sh:in`` where data come from one
and shapes from the other. The shapes are read by rdflib, so :func:`rdflib_graph` gives the data plain strings too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pyshacl
import shacl
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from communique.errors import DataError, UsageError
from communique.model import Finding
from communique.resources import shape
from communique.vocab import CQ, DCTERMS, DEFAULT_BASE, FOAF, ITSRDF, NIF, ORG, PREFIXES, SCHEMA
from communique.vocab import RDF as RDF_NS

AUTHORITY_LIMIT = 20_000
"""Number of triples above which the gate's report stands without a second run by the authority."""

SAMPLE = 1000
"""One document in so many is checked by the authority too, although the gate found nothing in it."""

SEVERITIES = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}

_TYPE = NamedNode(RDF_NS + "type")
_ENTITY_CLASSES = [
    NamedNode(iri)
    for iri in (
        FOAF + "Person",
        ORG + "Organization",
        ORG + "Post",
        CQ + "State",
        SCHEMA + "Place",
        CQ + "Instrument",
        CQ + "DescribedGroup",
    )
]
# Where the words behind a node are found: the narrowest first.
_TO_WORDS = [NamedNode(CQ + name) for name in ("trigger", "mention", "evidence")]
_BEGIN, _END, _ANCHOR = (NamedNode(NIF + name) for name in ("beginIndex", "endIndex", "anchorOf"))
_CONTEXT, _TEXT = NamedNode(NIF + "Context"), NamedNode(NIF + "isString")
_NAMES = NamedNode(ITSRDF + "taIdentRef")
_IRI = re.compile(r"<?(https?://[^\s<>'\"“”,]+[^\s<>'\"“”,.:;)])>?")
_DOCUMENT_GRAPH = re.compile(r"(.*)graph/[0-9a-f]{32}")
_LONGEST = 120


def check_document(quads: Iterable[Quad] | str | bytes) -> list[Finding]:
    """Check one document's graph, alone, against the document shapes.

    Args:
        quads: the document's quads, or the same as N-Triples; graph names play no part.

    Returns:
        What is wrong, the gravest first, then in the order of the text.
    """
    triples = quads if isinstance(quads, str | bytes) else _ntriples(quads)
    return _findings(triples, "document-shapes")


def check_store(store: Store, base: str = DEFAULT_BASE) -> Iterator[Finding]:
    """Check all graphs of a dataset: each document's alone, then the links between entities, then the authority graph.

    Args:
        store: the dataset.
        base: the IRI that the dataset was built under (``--base``).

    Yields:
        What is wrong, document by document. A dataset without any document's graph under ``base`` is a warning.
    """
    documents = sorted(
        graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode) and _base(graph.value) == base
    )
    for number, name in enumerate(documents):
        triples = _graph(store, NamedNode(name))
        yield from _findings(triples, "document-shapes", sampled=number % SAMPLE == 0)
    loose = _graph(store, DefaultGraph())
    if loose:
        yield from check_document(loose)
    if not documents and not loose:
        yield Finding(
            source=base,
            severity="warning",
            message=f"There is no document's graph under {base}: nothing was checked. Is --base the one of the build?",
        )
    yield from _check_links(store, base, documents)
    yield from _check_authority(store, base)


def check_file(path: Path, base: str | None = None) -> Iterator[Finding]:
    """Check a file of RDF: a dataset (TriG, N-Quads) graph by graph, a single graph as one document's.

    Args:
        path: the file; its suffix names the format.
        base: the IRI that the graph was built under; by default what the names of its graphs begin with.

    Raises:
        UsageError: there is no such file, or its suffix names no RDF format.
        DataError: the file is not well-formed.
    """
    rdf_format = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if rdf_format is None:
        raise UsageError(
            f"{path.suffix or 'no suffix'} is no RDF format", where=str(path), remedy="give .trig, .nq, .ttl, .nt, .rdf"
        )
    store = Store()
    try:
        store.load(path=str(path), format=rdf_format)
    except SyntaxError as error:
        raise DataError(f"not well-formed: {error}", where=str(path), remedy="build the graph again") from error
    except OSError as error:
        raise UsageError(f"cannot be read: {error}", where=str(path), remedy="give the path of a graph") from error
    if base is None:
        names = (graph.value for graph in store.named_graphs())
        base = min(filter(None, map(_base, names)), default=DEFAULT_BASE)
    return check_store(store, base)


def _base(graph: str) -> str:
    """Return what a document graph's name begins with; ``""`` for the name of any other graph."""
    match = _DOCUMENT_GRAPH.fullmatch(graph)
    return match.group(1) if match else ""


def report_turtle(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield findings as a ``sh:ValidationReport`` in Turtle, piece by piece: memory does not grow with their number.

    Findings that no shape made (a file that could not be read) are left out: they are about no graph.
    """
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in [*sorted(PREFIXES.items()), ("sh", str(SH))])
    yield "\n_:report a sh:ValidationReport .\n"
    levels = {word: f"sh:{level.removeprefix(str(SH))}" for level, word in SEVERITIES.items()}
    conforms = "true"
    for finding in findings:
        if not finding.shape:
            continue
        conforms = "false"
        path = f" ;\n    sh:resultPath {URIRef(finding.path).n3()}" if finding.path else ""
        yield (
            "\n_:report sh:result [ a sh:ValidationResult ;\n"
            f"    sh:focusNode {_node(finding.focus)} ;\n"
            f"    sh:resultSeverity {levels[finding.severity]} ;\n"
            f"    sh:resultMessage {RdfLiteral(finding.message, lang='en').n3()} ;\n"
            f"    sh:sourceShape {_node(finding.shape)} ;\n"
            f"    sh:sourceConstraintComponent {_node(finding.component)}{path} ] .\n"
        )
    yield f"\n_:report sh:conforms {conforms} .\n"


def _node(iri: str) -> str:
    """Return a node of a finding in Turtle; what is no IRI (a literal that stands where a node should) as a string."""
    return f"<{iri}>" if _well_formed(iri) else RdfLiteral(iri).n3()


def _check_links(store: Store, base: str, documents: list[str]) -> list[Finding]:
    """Check graph/links with the types that documents and authority give its entities, so that gaps in it show."""
    links = NamedNode(base + "graph/links")
    triples = _graph(store, links)
    if not triples:
        return []
    types = (
        Quad(quad.subject, _TYPE, kind)
        for name in [*documents, base + "graph/authority"]
        for kind in _ENTITY_CLASSES
        for quad in store.quads_for_pattern(None, _TYPE, kind, NamedNode(name))
    )
    return _findings(triples + _ntriples(types), "links-shapes", links.value)


def _check_authority(store: Store, base: str) -> list[Finding]:
    graph = NamedNode(base + "graph/authority")
    triples = _graph(store, graph)
    return _findings(triples, "authority-shapes", graph.value) if triples else []


def _graph(store: Store, name: NamedNode | DefaultGraph) -> bytes:
    """Return one graph as N-Triples."""
    return store.dump(format=RdfFormat.N_TRIPLES, from_graph=name) or b""


def _ntriples(quads: Iterable[Quad]) -> bytes:
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def dataset(triples: str | bytes) -> Store:
    """Return N-Triples as the default graph of a scratch dataset."""
    store = Store()
    store.load(triples, format=RdfFormat.N_TRIPLES)
    return store


@cache
def _shapes(name: str) -> Graph:
    return Graph().parse(data=shape(name), format="turtle")


@cache
def _gate(name: str) -> shacl.Shapes:
    return shacl.Shapes.from_turtle(shape(name))


def gate_report(triples: str | bytes, name: str) -> Graph | None:
    """Return the report of the fast engine on N-Triples, ``None`` where it has nothing to say against them."""
    text = triples if isinstance(triples, str) else triples.decode()
    report = _gate(name).validate_text(text, format="ntriples")
    return Graph().parse(data=report.serialize("ntriples"), format="ntriples") if report.results else None


def authority_report(data: Store, name: str, only: frozenset[Node] | None = None) -> Graph:
    """Return the report of the reference engine on a dataset's default graph.

    ``only`` names the shapes to run; the node shapes that hold them run whole.

    Raises:
        DataError: the engine cannot run the shapes on these data.
    """
    shapes = _shapes(name) if only is None else _part(name, only)
    try:
        _, report, _ = pyshacl.validate(rdflib_graph(data), shacl_graph=shapes)
    except Exception as error:  # a number where a word should stand makes rdflib's SPARQL raise whatever it likes
        report = error
    if not isinstance(report, Graph):
        raise DataError(f"the shapes cannot be run: {report}", where=f"shapes/{name}.ttl", remedy="mend the shapes")
    return report


@cache
def _part(name: str, only: frozenset[Node]) -> Graph:
    """Return the node shapes of a file that are or hold one of some, with all that they lead to.

    pyshacl's own ``focus_nodes`` would be shorter, but it leaves out what stands inside ``sh:not``.
    """
    full, part = _shapes(name), Graph()
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    holders = {node for target in targets for node in full.subjects(target)}
    waiting = [node for node in holders if not only.isdisjoint((node, *full.objects(node, SH.property)))]
    seen: set[Node] = set()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for predicate, value in full.predicate_objects(node):
            part.add((node, predicate, value))
            waiting.append(value)
    return part


def rdflib_graph(data: Store) -> Graph:
    """Return a dataset's default graph as rdflib's own parsers would give it: plain strings have no datatype."""
    graph = Graph(bind_namespaces="none")
    made: dict[Any, Node] = {}  # a term stands in several triples, and rdflib takes its time to make one

    def term(source: Any) -> Node:
        if source not in made:
            made[source] = _term(source)
        return made[source]

    for quad in data.quads_for_pattern(None, None, None, DefaultGraph()):
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _term(term: Any) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if term.language:
        return RdfLiteral(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    return RdfLiteral(term.value, datatype=None if datatype == XSD.string else datatype)


def _findings(triples: str | bytes, name: str, document: str = "", *, sampled: bool = False) -> list[Finding]:
    """Return what is wrong with N-Triples by the shapes of a file; ``sampled`` asks the authority in any case."""
    try:
        report = gate_report(triples, name)
    except ValueError:  # the gate cannot read what the store can: that is for the authority to judge
        report, sampled = None, True
    if report is None and not sampled:
        return []
    data = dataset(triples)
    with suppress(DataError):  # what the authority cannot judge stays as the gate has it
        if sampled:
            report = authority_report(data, name)
        elif report is not None and len(data) <= AUTHORITY_LIMIT and _broken(report):
            report = authority_report(data, name, frozenset(_broken(report)))
    if report is None:
        return []
    words = _Words(data)
    document = document or _first_subject(data, _TYPE, NamedNode(CQ + "Document"))
    results = report.objects(predicate=SH.result)
    return sorted({_finding(words, report, result, document) for result in results}, key=_order)


def _broken(report: Graph) -> set[Node]:
    """Return the shapes of a report's results if there is a violation among them; warnings alone stop nothing."""
    if (None, SH.resultSeverity, SH.Violation) not in report:
        return set()
    return {shape for result in report.objects(predicate=SH.result) for shape in report.objects(result, SH.sourceShape)}


def _finding(words_of: _Words, report: Graph, result: Node, document: str) -> Finding:
    focus, value, path = (report.value(result, p) for p in (SH.focusNode, SH.value, SH.resultPath))
    severity = report.value(result, SH.resultSeverity)
    component = report.value(result, SH.sourceConstraintComponent)
    base = document.rsplit("doc/" if "/doc/" in document else "graph/", 1)[0]
    message = min(map(str, report.objects(result, SH.resultMessage)), default="The graph breaks a shape.")
    if value is not None and component != SH.SPARQLConstraintComponent:
        message += f" Found: {_cut(str(value))}"
    begin, end, words = words_of.place(value) or words_of.place(focus) or (-1, -1, "")
    return Finding(
        source=_source(words_of.data, document),
        severity=SEVERITIES.get(severity, "error") if isinstance(severity, URIRef) else "error",
        message=_IRI.sub(lambda m: _short(m.group(1), base), message),
        document=document.rsplit("/", 1)[-1],
        shape=str(report.value(result, SH.sourceShape) or ""),
        focus=str(focus),
        begin=begin,
        end=end,
        words=words,
        component=str(component or ""),
        path=str(path) if isinstance(path, URIRef) else "",
    )


def _order(finding: Finding) -> tuple[int, int, int, str, str, str]:
    rank = list(SEVERITIES.values()).index(finding.severity)
    return (rank, finding.begin, finding.end, finding.shape, finding.focus, finding.message)


def _source(data: Store, document: str) -> str:
    """Return where a document came from, or its IRI where that is not known."""
    if not document:
        return ""
    sources = data.quads_for_pattern(NamedNode(document), NamedNode(DCTERMS + "source"), None)
    return min((_value(q.object) for q in sources), default=document)


class _Words:
    """Finds the words behind the nodes of one document's graph."""

    def __init__(self, data: Store) -> None:
        self.data = data

    @cached_property
    def text(self) -> str:
        """The document's text, taken out of the dataset once: it may be millions of characters."""
        return next((_value(q.object) for q in self.data.quads_for_pattern(None, _TEXT, None)), "")

    def place(self, node: Node | None) -> tuple[int, int, str] | None:
        """Return the first place in the text that a node (a span, or something that leads to spans) stands at."""
        if not isinstance(node, URIRef) or not _well_formed(node):
            return None
        start = NamedNode(str(node))
        spans = [self.span(start)]
        for predicate in _TO_WORDS:
            spans += [self.span(q.object) for q in self.data.quads_for_pattern(start, predicate, None)]
            if any(spans):
                break
        else:
            spans += [self.span(q.subject) for q in self.data.quads_for_pattern(None, _NAMES, start)]
        return min((s for s in spans if s), default=None)

    def span(self, node: Any) -> tuple[int, int, str] | None:
        """Return offsets and words of a span; ``None`` for what is no part of a text, and for the whole text."""
        if not isinstance(node, NamedNode) or any(self.data.quads_for_pattern(node, _TYPE, _CONTEXT)):
            return None
        begin, end = (_object(self.data, node, p) for p in (_BEGIN, _END))
        if not (begin.isdecimal() and end.isdecimal()):
            return None
        return int(begin), int(end), _cut(self.text[int(begin) : int(end)] or _object(self.data, node, _ANCHOR))


def _object(data: Store, node: NamedNode, predicate: NamedNode) -> str:
    return min((_value(q.object) for q in data.quads_for_pattern(node, predicate, None)), default="")


def _first_subject(data: Store, predicate: NamedNode, value: NamedNode) -> str:
    return min((_value(q.subject) for q in data.quads_for_pattern(None, predicate, value)), default="")


def _value(term: Any) -> str:
    return str(term.value)


def _well_formed(iri: str) -> bool:
    """Return whether Oxigraph takes an IRI; a report may hold what only rdflib accepts."""
    try:
        NamedNode(str(iri))
    except ValueError:
        return False
    return True


def _cut(text: str) -> str:
    """Return a text on one line, cut to what a finding can show."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _short(iri: str, base: str) -> str:
    """Return an IRI as people read it: with a prefix, or relative to the base."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(base) if base else iri
