"""The JSON API, asked over a socket."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import httpx
import pytest

from communique.export import VIEWS, Options, export
from communique.serve import downloads
from communique.store import Store
from serve.conftest import TOKEN, Served


def test_summary_says_what_there_is(client: httpx.Client) -> None:
    found = client.get("/api/summary").json()
    assert found["counts"]["statements"] >= 20
    assert found["base"].startswith("https://")
    assert found["first"] < found["last"]


def test_a_facet_narrows_all_others_but_not_itself(client: httpx.Client) -> None:
    whole = client.get("/api/facets").json()
    kind = whole["kind"][0]
    narrowed = client.get("/api/facets", params={"kind": kind["value"]}).json()
    assert narrowed["kind"] == whole["kind"]
    assert narrowed["total"] == kind["count"] == sum(month["count"] for month in narrowed["months"])
    assert narrowed["unfiltered"] == whole["total"]
    assert sum(each["count"] for each in narrowed["etype"]) < sum(each["count"] for each in whole["etype"])


def test_values_of_a_facet_are_alternatives_and_facets_conditions(client: httpx.Client) -> None:
    def total(**parameters: object) -> int:
        return int(client.get("/api/table", params=parameters).json()["total"])  # type: ignore[arg-type]

    assert total(kind=["protest", "denial"]) >= max(total(kind="protest"), total(kind="denial"))
    assert total(kind="protest", q="nosuchwordanywhere") == 0
    assert total(kind="protest", q="shelling") <= total(kind="protest")
    assert total(issuer="https://example.org/nobody") == 0


def test_table_pages_through_all_statements_once(client: httpx.Client) -> None:
    first = client.get("/api/table", params={"limit": 7}).json()
    seen = [row["iri"] for row in first["rows"]]
    while len(seen) < first["total"]:
        page = client.get("/api/table", params={"limit": 7, "offset": len(seen)}).json()
        seen += [row["iri"] for row in page["rows"]]
    assert len(seen) == len(set(seen)) == first["total"]
    assert first["left_out"] == first["total"] - 7
    dates = [row["date"] for row in client.get("/api/table", params={"limit": 500, "sort": "date"}).json()["rows"]]
    assert [d for d in dates if d] == sorted(d for d in dates if d)


def test_network_shows_the_strongest_and_says_how_many_there_are(client: httpx.Client) -> None:
    whole = client.get("/api/network", params={"view": "all", "limit": 20000}).json()
    part = client.get("/api/network", params={"view": "all", "limit": 10}).json()
    assert part["total_nodes"] == len(whole["nodes"]) == whole["total_nodes"]
    assert len(part["nodes"]) <= 10
    assert part["left_out"]["nodes"] == part["total_nodes"] - len(part["nodes"])
    again = client.get("/api/network", params={"view": "all", "limit": 10}).json()
    assert again == part


def test_labels_of_a_small_network_do_not_overlap(client: httpx.Client) -> None:
    nodes = client.get("/api/network", params={"limit": 60}).json()["nodes"]
    assert len(nodes) > 10
    for at, one in enumerate(nodes):
        for other in nodes[:at]:
            wide = (min(len(one["label"]), 28) + min(len(other["label"]), 28)) * 7 / 2
            assert abs(one["x"] - other["x"]) >= min(wide, 34) or abs(one["y"] - other["y"]) >= 30


def test_names_are_suggested_by_any_of_their_words(client: httpx.Client) -> None:
    found = client.get("/api/suggest", params={"q": "security coun"}).json()
    assert found[0]["label"] == "United Nations Security Council"
    assert found[0]["counts"]["recipient"] >= 1
    assert found[-1]["type"] == "words"


@pytest.mark.parametrize(
    "address",
    [
        "/api/facets?since=soon",
        "/api/network?view=none",
        "/api/table?limit=-1",
        "/api/table?sort=x",
        "/api/facets?confidence=high",
        "/api/paths?from=a&to=b",
    ],
)
def test_wrong_parameters_are_told_with_a_remedy(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert answer.json()["remedy"]


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("csv", b"date,issuer,"),
        ("turtle", b"@prefix"),
        ("jsonld", b'{"@context"'),
        ("graphml", b"<?xml"),
        ("gexf", b"<?xml"),
        ("geojson", b"{"),
        ("svg", b"<"),
        ("png", b"\x89PNG"),
        ("html", b"<!doctype html>"),
        ("edges", b"source,target,"),
    ],
)
def test_downloads_hold_the_current_filter(client: httpx.Client, name: str, begin: bytes) -> None:
    answer = client.get("/api/download", params={"format": name, "kind": "protest"})
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content.lower().startswith(begin.lower())
    rows = client.get("/api/table", params={"kind": "protest", "limit": 500}).json()["rows"]
    others = client.get("/api/table", params={"limit": 500}).json()["rows"]
    assert 0 < len(rows) < len(others)
    if name in ("csv", "html"):
        assert all(row["iri"].rpartition("/")[2].encode() in answer.content for row in rows)
        left_out = {row["iri"] for row in others} - {row["iri"] for row in rows}
        assert not any(iri.rpartition("/")[2].encode() in answer.content for iri in left_out)


@pytest.mark.parametrize("name", ["nquads", "html"])
def test_a_large_download_is_made_apart_and_is_the_same(
    client: httpx.Client, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"format": name, "kind": "protest"}
    here = client.get("/api/download", params=asked)
    monkeypatch.setattr(downloads, "_FEW", 0)
    apart = client.get("/api/download", params=asked)
    assert (apart.status_code, apart.headers["content-type"]) == (200, here.headers["content-type"])
    assert apart.content == here.content


def test_a_network_is_the_same_file_from_the_server_and_from_an_export(client: httpx.Client, served: Served) -> None:
    with Store.open(served.store) as store:
        for view in VIEWS:
            out = io.BytesIO()
            export(store, "graphml", out, Options(view=view))
            answer = client.get("/api/download", params={"format": "graphml", "view": view})
            assert answer.content == out.getvalue()


def test_edges_lead_to_the_sentence_and_its_cue(client: httpx.Client) -> None:
    network = client.get("/api/network", params={"view": "addresses"}).json()
    for edge in network["edges"][:15]:
        ends = {"source": edge["source"], "target": edge["target"]}
        found = client.get("/api/edge", params={"view": "addresses", **ends}).json()
        assert found["count"] == len(found["statements"]) == edge["weight"]
        dates = [each["date"] for each in found["statements"]]
        assert dates == sorted(dates, reverse=True)
        for statement in found["statements"]:
            text = client.get("/api/document", params={"iri": statement["document"]}).json()["text"]
            assert statement["evidence"]
            for passage in statement["evidence"]:
                assert text[passage["begin"] : passage["end"]] == passage["sentence"]
                assert all(
                    passage["begin"] <= mark["begin"] < mark["end"] <= passage["end"] for mark in passage["marks"]
                )
            assert "recipient" in {mark["role"] for passage in statement["evidence"] for mark in passage["marks"]}


def test_every_fact_of_a_document_stands_in_its_text(client: httpx.Client) -> None:
    row = client.get("/api/table", params={"q": "shelling", "limit": 1}).json()["rows"][0]
    found = client.get("/api/document", params={"iri": row["iri"]}).json()
    assert found["iri"] == row["document"]
    assert {"issuer", "recipient", "place", "event", "demand"} <= {span["kind"] for span in found["spans"]}
    assert all(0 <= each["begin"] < each["end"] <= len(found["text"]) for each in [*found["spans"], *found["facts"]])
    facts = {fact["iri"] for fact in found["facts"]}
    assert all(span["fact"] in facts for span in found["spans"] if span["fact"] and "/fact/" in span["fact"])


def test_a_node_tells_its_offices_partners_and_demands(client: httpx.Client) -> None:
    (person,) = [each for each in client.get("/api/suggest", params={"q": "Mirela Dosta"}).json() if "iri" in each]
    found = client.get("/api/node", params={"iri": person["iri"]}).json()
    assert found["offices"][0]["post"]["label"] == "Ombudsman of Varenia"
    assert found["statements"]["issued"] == 1
    assert {each["label"] for each in found["partners"]["out"]} >= {"United Nations Security Council"}
    assert found["demanded"]
    demanded = found["demanded"][0]
    text = client.get("/api/document", params={"iri": demanded["document"]}).json()["text"]
    assert text[demanded["begin"] : demanded["end"]] == demanded["action"]
    council = next(each for each in found["partners"]["out"] if each["label"] == "United Nations Security Council")
    other = client.get("/api/node", params={"iri": council["iri"]}).json()
    assert person["iri"] in {each["iri"] for each in other["partners"]["in"]}
    assert other["co_addressed"]


def test_paths_lead_over_edges_that_exist(client: httpx.Client) -> None:
    network = client.get("/api/network", params={"view": "addresses", "limit": 100}).json()
    leading = Counter(edge["source"] for edge in network["edges"]).most_common(1)[0][0]
    targets = sorted({edge["target"] for edge in network["edges"] if edge["source"] == leading})
    ends = {"from": targets[0], "to": targets[-1]}
    found = client.get("/api/paths", params=ends).json()["paths"]
    assert found
    for path in found:
        assert path["nodes"][0]["iri"] == targets[0]
        assert path["nodes"][-1]["iri"] == targets[-1]
        for (one, other), hop in zip(zip(path["nodes"], path["nodes"][1:], strict=False), path["hops"], strict=True):
            assert {hop["source"], hop["target"]} == {one["iri"], other["iri"]}


def test_flags_and_reviews_need_the_token_and_leave_the_graph_alone(client: httpx.Client, served: Served) -> None:
    row = client.get("/api/table", params={"limit": 1}).json()["rows"][0]
    fact = client.get("/api/document", params={"iri": row["iri"]}).json()["facts"][0]
    before = client.get("/api/summary").json()["counts"]
    assert client.post("/api/flag", json={"fact": fact["iri"], "note": "wrong"}).status_code == 401
    wrong = {"Authorization": "Bearer nonsense"}
    assert client.post("/api/flag", json={"fact": fact["iri"]}, headers=wrong).status_code == 401
    token = {"Authorization": f"Bearer {TOKEN}"}
    made = client.post("/api/flag", json={"fact": fact["iri"], "note": "wrong"}, headers=token).json()
    assert client.get("/api/document", params={"iri": row["iri"]}).json()["facts"][0]["flagged"]
    assert client.post("/api/undo", json={"id": made["id"]}, headers=token).status_code == 200
    assert not client.get("/api/document", params={"iri": row["iri"]}).json()["facts"][0]["flagged"]
    assert client.post("/api/undo", json={"id": "none"}, headers=token).status_code == 400
    assert (
        client.post("/api/flag", content=b"{", headers=token | {"Content-Type": "application/json"}).status_code == 400
    )
    assert client.post("/api/flag", content=b"{}", headers=token).status_code == 415
    pairs = {"a": "https://example.org/a", "b": "https://example.org/b", "kind": "same"}
    judged = client.post("/api/review", json=pairs, headers=token).json()
    assert client.get("/api/review").json()["judged"] == 1
    client.post("/api/undo", json={"id": judged["id"]}, headers=token)
    assert client.get("/api/review").json()["judged"] == 0
    assert client.get("/api/summary").json()["counts"] == before


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"kind": ["protest", "denial"]},
        {"etype": "assault"},
        {"since": "2023", "until": "2024-05"},
        {"confidence": "0.75"},
        {"q": "shelling villages"},
        {"place": "place/lower-orrin", "recipient": "org/un-security-council"},
        {"entity": "place/xv"},
    ],
)
def test_the_sparql_of_a_page_gives_what_the_page_shows(client: httpx.Client, chosen: dict[str, object]) -> None:
    shown = client.get("/api/table", params={**chosen, "limit": 500}).json()  # type: ignore[arg-type]
    query = client.get("/api/sparql-for", params={"page": "table", **chosen}).json()["query"]  # type: ignore[arg-type]
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert {row["statement"]["value"] for row in rows} == {row["iri"] for row in shown["rows"]}
    assert shown["total"] > 0


@pytest.mark.parametrize("page", ["network", "timeline", "map", "edge", "node", "document", "review"])
def test_every_page_has_its_sparql(client: httpx.Client, page: str) -> None:
    edge = client.get("/api/network").json()["edges"][0]
    document = client.get("/api/table", params={"limit": 1}).json()["rows"][0]["document"]
    ends = {
        "source": edge["source"],
        "target": edge["target"],
        "iri": document if page == "document" else edge["source"],
    }
    for view in VIEWS if page == "network" else ["addresses"]:
        query = client.get("/api/sparql-for", params={"page": page, "view": view, **ends}).json()["query"]
        answer = client.get("/sparql", params={"query": query})
        assert answer.status_code == 200, answer.text
        found = answer.json()["results"]["bindings"]
        assert found or page == "review"  # no pair of the samples is in doubt


def test_no_value_breaks_out_of_the_sparql_of_a_page(client: httpx.Client) -> None:
    for value in ("http://x/> } #", "a b", 'x"'):
        assert client.get("/api/sparql-for", params={"issuer": value}).status_code == 400
    query = client.get("/api/sparql-for", params={"q": 'a") } DROP \\ "'}).json()["query"]
    assert client.get("/sparql", params={"query": query}).status_code == 200


def test_openapi_describes_every_address_and_what_it_answers(client: httpx.Client) -> None:
    found = client.get("/api/openapi.json").json()
    edge = client.get("/api/network").json()["edges"][0]
    document = client.get("/api/table", params={"limit": 1}).json()["rows"][0]["document"]
    given = {"source": edge["source"], "target": edge["target"], "from": edge["source"], "to": edge["target"]}
    for path, methods in found["paths"].items():
        if "get" not in methods or path == "/api/download":
            continue
        iri = document if path == "/api/document" else edge["source"]
        answer = client.get(path, params={**given, "iri": iri, "q": "a"})
        assert answer.status_code == 200, path
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        conform(answer.json(), schema, found["components"]["schemas"], path)


def conform(value: object, schema: dict[str, Any], known: dict[str, Any], where: str) -> None:
    """Hold a value to the part of JSON Schema that the description uses."""
    schema = known[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if "oneOf" in schema:
        if value is not None:
            conform(value, schema["oneOf"][0], known, where)
        return
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "number": (int, float)}
    assert isinstance(value, kinds[schema["type"]]), f"{where}: {value!r} is no {schema['type']}"
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value), where
        for name, inner in schema.get("properties", {}).items():
            conform(value[name], inner, known, f"{where}.{name}")
    elif isinstance(value, list):
        for each in value:
            conform(each, schema["items"], known, f"{where}[]")
