"""Every IRI answers, as a page or as RDF; graphs by the Graph Store Protocol."""

from __future__ import annotations

import httpx
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from communique.store import Store
from serve.conftest import Served

COUNCIL = "org/un-security-council"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_an_entity_answers_as_page_or_rdf(client: httpx.Client, served: Served) -> None:
    page = client.get(f"/id/{COUNCIL}", headers={"Accept": BROWSER})
    assert page.status_code == 303
    assert page.headers["location"].startswith("/?node=https%3A%2F%2F")
    answer = client.get(f"/id/{COUNCIL}", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")
    assert answer.headers["content-location"] == f"/id/{COUNCIL}?format=turtle"
    assert "Accept" in page.headers["vary"]
    assert "Accept" in answer.headers["vary"]
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    with Store.open(served.store) as store:
        node = rdflib.URIRef(store.base + COUNCIL)
    assert rdflib.Literal("United Nations Security Council", lang="en") in set(graph.objects(node, rdflib.RDFS.label))
    assert set(graph.subjects(None, node))
    same = client.get(answer.headers["content-location"], headers={"Accept": BROWSER})
    assert same.content == answer.content


def test_every_thing_of_a_statement_answers(client: httpx.Client, served: Served) -> None:
    row = client.get("/api/table", params={"limit": 1}).json()["rows"][0]
    with Store.open(served.store) as store:
        base = store.base
    graph = rdflib.Graph().parse(data=client.get(f"/id/{row['iri'].removeprefix(base)}").text, format="turtle")
    local = {str(term) for triple in graph for term in triple if str(term).startswith(base)}
    assert len(local) > 10
    for iri in local:
        assert client.get(f"/id/{iri.removeprefix(base).partition('#')[0]}").status_code == 200, iri
    page = client.get(f"/id/{row['iri'].removeprefix(base)}", headers={"Accept": BROWSER})
    assert page.headers["location"].startswith("/document?iri=")


def test_what_the_graph_does_not_know_is_not_found(client: httpx.Client) -> None:
    assert client.get("/id/org/nobody").status_code == 404
    assert client.get("/id/a%20b%22").status_code == 404
    assert client.get(f"/id/{COUNCIL}", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("jsonld", RdfFormat.JSON_LD),
        ("rdfxml", RdfFormat.RDF_XML),
        ("trig", RdfFormat.TRIG),
    ],
)
def test_graphs_come_whole(client: httpx.Client, served: Served, name: str, form: RdfFormat) -> None:
    with Store.open(served.store) as store:
        graph = store.graph_name(store.document_ids()[0])
        expected = {quad.triple for quad in store.quads(store.document_ids()[0])}
    answer = client.get("/data", params={"graph": graph.value, "format": name})
    assert {quad.triple for quad in parse(answer.content, form)} == expected
    direct = client.get(f"/id/graph/{graph.value.rpartition('/')[2]}", params={"format": name})
    assert direct.content == answer.content


def test_the_default_graph_is_the_union(client: httpx.Client) -> None:
    counted = client.get(
        "/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?s ?p ?o } }"}
    ).json()
    union = rdflib.Graph().parse(data=client.get("/data?default").text, format="turtle")
    assert len(union) == int(counted["results"]["bindings"][0]["n"]["value"])


def test_requests_for_no_graph_are_told(client: httpx.Client) -> None:
    assert client.get("/data").status_code == 400
    assert client.get("/data", params={"graph": "https://example.org/none"}).status_code == 404
    assert client.get("/data", params={"graph": "no iri"}).status_code == 400
    assert client.head("/data?default").status_code == 200
