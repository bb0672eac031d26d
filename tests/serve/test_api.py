"""The JSON API, asked over a socket."""

from __future__ import annotations

import httpx
import pytest


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
