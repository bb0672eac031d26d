"""What the server says of itself: a SPARQL 1.1 Service Description, and what the graph holds in the VoID vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple
from starlette.requests import Request
from starlette.responses import Response

from communique.serve.edition import Edition, Editions
from communique.serve.negotiation import GRAPHS, choose
from communique.serve.rdf import VARYING, unacceptable, written
from communique.vocab import CQ, DCTERMS, FOAF, ORG, PREFIXES, PROV, RDF, SCHEMA, SEM, XSD

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {"sd": SD, "void": VOID}
_WRITTEN = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "TriG", "N-Triples", "N-Quads", "RDF_XML", "JSON-LD"),
)
_CLASSES = {
    "documents": CQ + "Document",
    "statements": CQ + "Statement",
    "events": CQ + "ReportedEvent",
    "demands": CQ + "Demand",
    "quotations": CQ + "Quotation",
    "characterizations": CQ + "Characterization",
}
_VOCABULARIES = (CQ, SEM, ORG, FOAF, SCHEMA, PROV, DCTERMS)


def service(editions: Editions, request: Request) -> Response:
    """Answer with the service description."""
    with editions.current() as edition:
        return _answer(edition, request, _service(edition, _address(request)))


def dataset(editions: Editions, request: Request) -> Response:
    """Answer with what the graph holds."""
    with editions.current() as edition:
        return _answer(edition, request, _dataset(edition, _address(request)))


def _address(request: Request) -> str:
    """Return where the server's pages begin, as whoever asks sees it."""
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '').rstrip('/')}/"


def _answer(edition: Edition, request: Request, triples: Iterator[Triple]) -> Response:
    form = choose(GRAPHS, request.headers.get("accept", ""), request.query_params.get("format", ""))
    if form is None:
        return unacceptable(GRAPHS)
    prefixes = {**PREFIXES, **_NAMES} if form.writes in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML) else None
    return Response(written(triples, form, prefixes), headers=VARYING, media_type=form.content_type)


def _service(edition: Edition, address: str) -> Iterator[Triple]:
    here = NamedNode(f"{address}sparql")
    default, data = NamedNode(f"{address}sparql#default"), NamedNode(f"{address}sparql#dataset")
    yield _link(here, RDF + "type", SD + "Service")
    yield _link(here, SD + "endpoint", here.value)
    yield _link(here, SD + "supportedLanguage", SD + "SPARQL11Query")
    yield _link(here, SD + "feature", SD + "UnionDefaultGraph")
    for name in _WRITTEN:
        yield _link(here, SD + "resultFormat", FORMATS + name)
    yield _link(here, SD + "defaultDataset", data.value)
    yield _link(data, RDF + "type", SD + "Dataset")
    yield _link(data, SD + "defaultGraph", default.value)
    yield _link(default, RDF + "type", SD + "Graph")
    yield _number(default, VOID + "triples", edition.index.quads)
    for graph in ("links", "authority", "provenance"):
        named = NamedNode(f"{address}sparql#{graph}")
        yield _link(data, SD + "namedGraph", named.value)
        yield _link(named, RDF + "type", SD + "NamedGraph")
        yield _link(named, SD + "name", edition.store.graph_name(graph).value)
    yield from _dataset(edition, address)


def _dataset(edition: Edition, address: str) -> Iterator[Triple]:
    here = NamedNode(f"{address}.well-known/void#dataset")
    counts = json.loads(edition.index.meta["counts"])
    yield _link(here, RDF + "type", VOID + "Dataset")
    yield Triple(here, NamedNode(DCTERMS + "title"), Literal(edition.name))
    yield _link(here, VOID + "sparqlEndpoint", f"{address}sparql")
    yield Triple(here, NamedNode(VOID + "uriSpace"), Literal(edition.store.base))
    yield _number(here, VOID + "triples", counts["quads"])
    yield _number(here, VOID + "documents", counts["documents"])
    for vocabulary in _VOCABULARIES:
        yield _link(here, VOID + "vocabulary", vocabulary)
    for name, kind in _CLASSES.items():
        part = NamedNode(f"{address}.well-known/void#{name}")
        yield _link(here, VOID + "classPartition", part.value)
        yield _link(part, VOID + "class", kind)
        yield _number(part, VOID + "entities", counts[name])


def _link(subject: NamedNode, predicate: str, target: str) -> Triple:
    return Triple(subject, NamedNode(predicate), NamedNode(target))


def _number(subject: NamedNode, predicate: str, value: int) -> Triple:
    return Triple(subject, NamedNode(predicate), Literal(str(value), datatype=NamedNode(XSD + "integer")))
