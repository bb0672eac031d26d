"""``/sparql`` by the SPARQL 1.1 Protocol; answers in every format are read back by pyoxigraph or rdflib."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from communique import ask
from communique.serve.answers import Answers
from communique.sparql import Graphs
from communique.store import Store
from serve.conftest import EXAMPLES, Served

TEN = "SELECT ?s ?label { ?s a cq:Statement ; rdfs:label ?label } ORDER BY ?s LIMIT 10"
GRAPH = "CONSTRUCT { ?s rdfs:label ?label } WHERE { ?s a cq:Statement ; rdfs:label ?label }"
UPDATE = "INSERT DATA { <http://a> <http://b> <http://c> }"


def get(client: httpx.Client, query: str, accept: str = "", **more: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept} if accept else {})


def test_answers_are_those_of_the_store(client: httpx.Client, served: Served) -> None:
    with Store.open(served.store) as store:
        expected = ask.ask(store, TEN)
    found = get(client, TEN).json()
    rows = [[row[name]["value"] for name in ("s", "label")] for row in found["results"]["bindings"]]
    assert rows == [
        [term.value for term in row if term is not None and not isinstance(term, str)] for row in expected.rows
    ]  # type: ignore[union-attr]
    assert len(rows) == 10


def test_the_three_ways_to_ask_give_the_same(client: httpx.Client) -> None:
    first = get(client, TEN)
    form = client.post("/sparql", data={"query": TEN})
    direct = client.post("/sparql", content=TEN, headers={"Content-Type": "application/sparql-query"})
    assert first.status_code == form.status_code == direct.status_code == 200
    assert first.content == form.content == direct.content


@pytest.mark.parametrize(
    ("accept", "name", "expected"),
    [
        ("", "", "application/sparql-results+json"),
        ("*/*", "", "application/sparql-results+json"),
        ("application/sparql-results+xml", "", "application/sparql-results+xml"),
        ("text/csv", "", "text/csv; charset=utf-8"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.1", "", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0, */*;q=0.1", "", "application/sparql-results+json"),
        ("text/csv", "xml", "application/sparql-results+xml"),
        ("text/turtle, application/sparql-results+json;q=0.5", "", "application/sparql-results+json"),
    ],
)
def test_results_come_in_the_form_that_is_preferred(
    client: httpx.Client, accept: str, name: str, expected: str
) -> None:
    answer = get(client, TEN, accept, **({"format": name} if name else {}))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == expected
    assert "Accept" in answer.headers["vary"]
    if "json" in expected:
        assert len(answer.json()["results"]["bindings"]) == 10
    elif "xml" in expected:
        assert len(ElementTree.fromstring(answer.content)[1]) == 10
    else:
        assert answer.text.count("\n") == 11


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("trig", RdfFormat.TRIG),
        ("nt", RdfFormat.N_TRIPLES),
        ("rdfxml", RdfFormat.RDF_XML),
        ("jsonld", RdfFormat.JSON_LD),
        ("application/n-quads", RdfFormat.N_QUADS),
    ],
)
def test_graphs_are_the_same_in_every_form(client: httpx.Client, name: str, form: RdfFormat) -> None:
    expected = {quad.triple for quad in parse(get(client, GRAPH, format="nt").content, RdfFormat.N_TRIPLES)}
    answer = get(client, GRAPH, format=name)
    assert {quad.triple for quad in parse(answer.content, form)} == expected
    assert len(expected) >= 20


def test_rdflib_reads_what_a_description_says(client: httpx.Client) -> None:
    graph = rdflib.Graph().parse(data=get(client, GRAPH, "text/turtle").text, format="turtle")
    assert len(graph) >= 20


@pytest.mark.parametrize(
    ("query", "accept", "status", "says"),
    [
        ("SELECT * { ?s ?p }", "", 400, "syntax error"),
        ("addresses", "", 400, "exactly one query"),
        (UPDATE, "", 400, "INSERT is refused"),
        ("LOAD <http://localhost:9/x>", "", 400, ""),
        ("SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }", "", 400, "SERVICE is refused"),
        ("SELECT * FROM <http://localhost:9/data.ttl> { ?s ?p ?o }", "", 400, "no such graph"),
        (TEN, "image/png", 406, "no form"),
        (TEN, "text/turtle", 406, "no form"),
        (GRAPH, "text/csv", 406, "no form"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "", 413, "more than"),
        ("SELECT (1 AS ?x) { } #" + "x" * 100_001, "", 413, "too long"),
    ],
)
def test_refusals_have_a_status_and_a_reason(
    client: httpx.Client, query: str, accept: str, status: int, says: str
) -> None:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": accept} if accept else {})
    assert answer.status_code == status, answer.text
    assert says in answer.json()["error"]


def test_updates_and_other_operations_are_refused(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"update": UPDATE}).status_code == 403
    as_update = {"Content-Type": "application/sparql-update"}
    assert client.post("/sparql", content=UPDATE, headers=as_update).status_code == 403
    assert client.post("/sparql", content=TEN, headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.post("/sparql", data={"query": [TEN, TEN]}).status_code == 400
    assert client.put("/sparql", content=TEN).status_code == 405
    assert (
        client.post(
            "/sparql", content=b"\xff" * 400_000, headers={"Content-Type": "application/sparql-query"}
        ).status_code
        == 413
    )


def test_a_runaway_query_is_stopped_and_the_next_one_answered(client: httpx.Client) -> None:
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    answer = get(client, runaway, timeout="0.5")
    assert answer.status_code == 504
    assert 0.4 < answer.elapsed.total_seconds() < 1.5
    assert "stopped after" in answer.json()["error"]
    assert get(client, TEN).status_code == 200


def test_no_path_of_a_file_can_be_asked_for(client: httpx.Client, served: Served) -> None:
    """The store's own bookkeeping names the files that were read: it is not served, by no way."""
    with Store.open(served.store) as store:
        assert str(EXAMPLES) in str([entry.location for entry in store.entries()])
        manifest = store.graph_name("manifest").value
    asked = f'SELECT * {{ GRAPH ?g {{ ?s ?p ?o FILTER(CONTAINS(STR(?o), "{EXAMPLES}")) }} }}'
    assert get(client, asked).json()["results"]["bindings"] == []
    assert get(client, f"ASK {{ GRAPH <{manifest}> {{ ?s ?p ?o }} }}").json()["boolean"] is False
    assert get(client, f"SELECT * FROM <{manifest}> {{ ?s ?p ?o }}").status_code == 400
    assert client.get("/data", params={"graph": manifest}).status_code == 404


def test_the_request_may_name_the_graphs(client: httpx.Client) -> None:
    graphs = get(client, "SELECT DISTINCT ?g { GRAPH ?g { ?s a cq:Statement } } ORDER BY ?g").json()
    names = [row["g"]["value"] for row in graphs["results"]["bindings"]]
    count = "SELECT (COUNT(*) AS ?n) { ?s a cq:Statement }"

    def number(query: str, **more: object) -> int:
        found = client.get("/sparql", params={"query": query, **more}).json()  # type: ignore[arg-type]
        return int(found["results"]["bindings"][0]["n"]["value"])

    assert number(count) == len(names) == number(count, **{"default-graph-uri": names})
    assert number(count, **{"default-graph-uri": names[0]}) == 1
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a cq:Statement } }"
    assert number(named, **{"named-graph-uri": names[:2]}) == 2
    assert number(count, **{"named-graph-uri": names[:2]}) == 0
    assert get(client, TEN, **{"default-graph-uri": "http://localhost:9/none"}).status_code == 400


def test_yes_and_no(client: httpx.Client) -> None:
    assert get(client, "ASK { ?s a cq:Statement }").json() == {"head": {}, "boolean": True}
    assert "<boolean>false</boolean>" in get(client, "ASK { ?s a cq:Nothing }", format="xml").text


def test_a_browser_gets_the_expert_page(client: httpx.Client) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get("/sparql", params={"query": TEN}, headers={"Accept": browser})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/expert?query=SELECT")


def test_the_service_describes_itself(client: httpx.Client, served: Served) -> None:
    graph = rdflib.Graph().parse(data=client.get("/sparql").text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = graph.subjects(rdflib.RDF.type, sd.Service)
    assert str(service) == f"{served.address}/sparql"
    assert (service, sd.feature, sd.UnionDefaultGraph) in graph
    void = rdflib.Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    with Store.open(served.store) as store:
        assert (None, rdflib.URIRef("http://rdfs.org/ns/void#triples"), rdflib.Literal(len(store))) in void
    jsonld = client.get("/.well-known/void", headers={"Accept": "application/ld+json"})
    assert json.loads(jsonld.text)


def test_an_answer_is_remembered_unless_it_changes() -> None:
    known = Answers()
    answer = ask.Answer("ask", ("answer",), b'{"head":{},"boolean":true}')
    known.keep("ASK { ?s ?p ?o }", Graphs(), answer)
    known.keep("SELECT (RAND() AS ?x) {}", Graphs(), answer)
    assert known.get("ASK { ?s ?p ?o }", Graphs()) is answer
    assert known.get("ASK { ?s ?p ?o }", Graphs(("http://example.org/g",))) is None
    assert known.get("SELECT (RAND() AS ?x) {}", Graphs()) is None
    large = ask.Answer("select", ("x",), b"x" * 900_000)
    for number in range(100):
        known.keep(f"SELECT {number}", Graphs(), large)
    assert known.get("ASK { ?s ?p ?o }", Graphs()) is None
    assert known.get("SELECT 99", Graphs()) is large
