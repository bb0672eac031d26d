"""Checks graphs against the SHACL shapes and turns what fails into findings that name document, offset and words.

Two engines work together. ``pyshacl_turbo`` is the gate: it runs on every graph and takes milliseconds. ``pyshacl`` is
the authority: it runs the shapes that the gate found broken, and its report is the one that counts. A test holds both
to the same results on every case of every shape. On graphs of more than :data:`AUTHORITY_LIMIT` triples (the links of
a large collection) the authority would take minutes, so there the gate's own report stands.

rdflib and Oxigraph disagree whether ``"x"`` equals ``"x"^^xsd:string``, which breaks ``sh:in`` where data come from one
and shapes from the other. The shapes are read by rdflib, so :func:`rdflib_graph` gives the data plain strings too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pyshacl
import pyshacl_turbo
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from communique.errors import DataError, UsageError
from communique.model import Finding
from communique.resources import shape
from communique.vocab import CQ, DCTERMS, DEFAULT_BASE, FOAF, ITSRDF, NIF, ORG, PREFIXES, SCHEMA
from communique.vocab import RDF as RDF_NS

AUTHORITY_LIMIT = 20_000
"""Number of triples above which the gate's report stands without a second run by the authority."""

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


def check_document(quads: Iterable[Quad]) -> list[Finding]:
    """Check one document's graph, alone, against the document shapes.

    Args:
        quads: the document's quads; their graph names play no part.

    Returns:
        What is wrong, the gravest first, then in the order of the text.
    """
    data = _store(quads)
    document = _first_subject(data, _TYPE, NamedNode(CQ + "Document"))
    return _findings(data, "document-shapes", document)


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
    for name in documents:
        yield from check_document(store.quads_for_pattern(None, None, None, NamedNode(name)))
    loose = list(store.quads_for_pattern(None, None, None, DefaultGraph()))
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


def check_file(path: Path, base: str | None = None) -> list[Finding]:
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
    return list(check_store(store, base))


def _base(graph: str) -> str:
    """Return what a document graph's name begins with; ``""`` for the name of any other graph."""
    match = _DOCUMENT_GRAPH.fullmatch(graph)
    return match.group(1) if match else ""


def report_graph(findings: Iterable[Finding]) -> Graph:
    """Return findings as a ``sh:ValidationReport``.

    Findings that no shape made (a file that could not be read) are left out: they are about no graph.
    """
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    report = BNode("report")
    found = [f for f in findings if f.shape]
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, RdfLiteral(not found)))
    levels = {word: level for level, word in SEVERITIES.items()}
    for number, finding in enumerate(found):
        result = BNode(f"result{number}")
        graph.add((report, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.focusNode, URIRef(finding.focus)))
        graph.add((result, SH.resultSeverity, levels[finding.severity]))
        graph.add((result, SH.resultMessage, RdfLiteral(finding.message, lang="en")))
        graph.add((result, SH.sourceShape, URIRef(finding.shape)))
        graph.add((result, SH.sourceConstraintComponent, URIRef(finding.component)))
        if finding.path:
            graph.add((result, SH.resultPath, URIRef(finding.path)))
    return graph


def report_turtle(findings: Iterable[Finding]) -> str:
    """Return findings as a ``sh:ValidationReport`` in Turtle."""
    return report_graph(findings).serialize(format="turtle")


def _check_links(store: Store, base: str, documents: list[str]) -> list[Finding]:
    """Check graph/links with the types that documents and authority give its entities, so that gaps in it show."""
    links = NamedNode(base + "graph/links")
    data = _store(store.quads_for_pattern(None, None, None, links))
    if not len(data):
        return []
    for name in [*documents, base + "graph/authority"]:
        graph = NamedNode(name)
        for kind in _ENTITY_CLASSES:
            data.extend(Quad(q.subject, _TYPE, kind) for q in store.quads_for_pattern(None, _TYPE, kind, graph))
    return _findings(data, "links-shapes", links.value)


def _check_authority(store: Store, base: str) -> list[Finding]:
    graph = NamedNode(base + "graph/authority")
    data = _store(store.quads_for_pattern(None, None, None, graph))
    return _findings(data, "authority-shapes", graph.value) if len(data) else []


def _store(quads: Iterable[Quad]) -> Store:
    """Return the triples of some quads as the default graph of a scratch dataset."""
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    return store


@cache
def _shapes(name: str) -> Graph:
    return Graph().parse(data=shape(name), format="turtle")


@cache
def _gate(name: str) -> Any:
    compile_shapes: Any = pyshacl_turbo.compile_shapes
    return compile_shapes(_shapes(name))


def gate_report(data: Store, name: str) -> Graph:
    """Return the report of the fast engine on a dataset's default graph."""
    _, report, _ = _gate(name).validate(data)
    assert isinstance(report, Graph)
    return report


def authority_report(data: Store, name: str, only: frozenset[Node] | None = None) -> Graph:
    """Return the report of the reference engine on a dataset's default graph.

    ``only`` names the shapes to run; the node shapes that hold them run whole.
    """
    shapes = _shapes(name) if only is None else _part(name, only)
    _, report, _ = pyshacl.validate(rdflib_graph(data), shacl_graph=shapes)
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


def _findings(data: Store, name: str, document: str) -> list[Finding]:
    report = gate_report(data, name)
    if (None, RDF.type, SH.ValidationResult) not in report:
        return []
    if len(data) <= AUTHORITY_LIMIT:
        flagged = (report.value(result, SH.sourceShape) for result in report.objects(predicate=SH.result))
        report = authority_report(data, name, frozenset(filter(None, flagged)))
    results = report.objects(predicate=SH.result)
    words = _Words(data)
    return sorted({_finding(words, report, result, document) for result in results}, key=_order)


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


def _well_formed(iri: URIRef) -> bool:
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
