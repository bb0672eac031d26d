"""Documents, SPARQL, review, and what holds for every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_checks import SERIOUS

Open = Callable[..., Page]
TOKEN = "a-token-for-tests"
PAGES = ["", "?tab=timeline", "?tab=map", "?tab=table", "DOCUMENT", "expert", "review"]


@pytest.fixture(scope="session")
def marked_up(served: Any) -> dict[str, Any]:
    """The document full of markup, as the API gives it."""
    with served.client() as client:
        rows = client.get("/api/table", params={"limit": 500}).json()["rows"]
        row = next(row for row in rows if any("markup.txt" in source for source in row["sources"]))
        found: dict[str, Any] = client.get("/api/document", params={"iri": row["document"]}).json()
        return found


def address(path: str, document: dict[str, Any]) -> str:
    return path.replace("DOCUMENT", f"document?iri={quote(document['iri'], safe='')}")


def test_a_document_of_markup_stays_text(visit: Open, marked_up: dict[str, Any]) -> None:
    page = visit(address("DOCUMENT", marked_up))
    expect(page.locator("#text")).to_have_text(marked_up["text"], use_inner_text=False)
    assert page.evaluate("window.cracked") is None
    assert page.locator("#text img, #text b, #text script").count() == 0
    issued = next(fact for fact in marked_up["facts"] if fact["predicate"] == "issuer")["object"]["iri"]
    sent = next(fact for fact in marked_up["facts"] if fact["predicate"] == "recipient")["object"]["iri"]
    edge = f"?source={quote(issued, safe='')}&target={quote(sent, safe='')}"
    page.goto(f"{page.url.partition('/document')[0]}/{edge}")
    expect(page.locator("#panel blockquote").first).to_contain_text("<b>shelling</b> 🕊")
    assert page.evaluate("window.cracked") is None


def test_highlights_stand_on_their_words_though_javascript_counts_otherwise(
    visit: Open, marked_up: dict[str, Any]
) -> None:
    page = visit(address("DOCUMENT", marked_up))
    characters = list(marked_up["text"])
    page.wait_for_selector("#text .s")
    shown = page.evaluate("[...document.querySelectorAll('#text .s')].map((e) => [+e.dataset.begin, e.textContent])")
    assert len(shown) > 5
    for begin, text in shown:
        assert "".join(characters[begin : begin + len(text)]) == text
    spans = [span for span in marked_up["spans"] if span["kind"] == "recipient"]
    assert spans
    words = "".join(characters[spans[0]["begin"] : spans[0]["end"]])
    assert words in "".join(page.locator("#text .k-recipient").all_inner_texts())


def test_facts_and_text_lead_to_each_other(visit: Open, marked_up: dict[str, Any]) -> None:
    page = visit(address("DOCUMENT", marked_up))
    page.locator("#facts").get_by_role("button", name="addressed to United Nations Security Council").first.click()
    lit = "".join(page.locator("#text .lit").all_inner_texts())
    assert "called on the United Nations Security Council" in lit
    page.locator("#text .k-recipient").last.click()
    expect(page.locator(".fact[aria-current=true]").first).to_contain_text("United Nations Security Council")
    layer = page.get_by_role("group", name="Mark in the text").get_by_label("Addressed to")
    layer.uncheck()
    expect(page.locator("#text .k-recipient")).to_have_count(0)
    layer.check()
    expect(page.locator("#text .k-recipient").first).to_be_visible()


def test_a_wrong_fact_is_flagged_with_the_token_only(visit: Open, marked_up: dict[str, Any]) -> None:
    page = visit(address("DOCUMENT", marked_up))
    page.get_by_role("button", name="Flag as wrong: recipient").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is wrong").fill("It is the General Assembly")
    dialog.get_by_label("Token of this server").fill("nonsense")
    dialog.get_by_role("button", name="Flag", exact=True).click()
    expect(dialog.get_by_role("alert").first).to_contain_text("did not work")
    dialog.get_by_label("Token of this server").fill(TOKEN)
    dialog.get_by_role("button", name="Flag", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".fact").filter(has_text="flagged as wrong")).to_have_count(1)
    page.reload()
    expect(page.locator(".fact").filter(has_text="flagged as wrong")).to_have_count(1)


def test_sparql_answers_as_table_and_as_pictures(visit: Open) -> None:
    page = visit("expert")
    page.get_by_role("button", name="Who addresses whom, and how often").click()
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr table").first).to_contain_text("Mirela Dosta")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390  # a wide table scrolls by itself
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".select_network").click()
    expect(page.locator(".yasr .canvas canvas").first).to_be_visible()
    page.locator(".select_timeline").click()
    expect(page.locator(".yasr .timeline-rows svg")).to_be_visible()
    page.get_by_label("Find a query").fill("denied")
    expect(page.locator("#queries li")).to_have_count(1)


def test_a_shared_link_asks_this_server_only(visit: Open) -> None:
    query = quote("SELECT ?s { ?s a <https://w3id.org/communique/ns#Statement> } LIMIT 3")
    page = visit(f"expert#query={query}&endpoint={quote('http://elsewhere.invalid/sparql')}")
    expect(page.locator(".CodeMirror-code")).to_contain_text("LIMIT 3")
    expect(page.locator(".yasr_response_chip")).to_contain_text("3 results")  # it is asked at once


def test_each_page_shows_the_sparql_behind_it(visit: Open) -> None:
    page = visit("?kind=protest")
    page.wait_for_selector("#view table")
    page.get_by_role("link", name="See the SPARQL").first.click()
    expect(page.locator(".CodeMirror-code")).to_contain_text("SELECT")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr_response_chip")).to_contain_text("result")


def test_pairs_are_judged_by_key_and_the_graph_follows(browser: Browser, doubtful: Any) -> None:
    with doubtful.client() as client:
        found = client.get("/api/suggest", params={"q": "mirenko"}).json()
        assert {one["label"] for one in found if one["type"] == "person"} == {"T. Mirenko", "Tolvan Mirenko"}
        query = client.get("/api/sparql-for", params={"page": "review"}).json()["query"]
        assert len(client.get("/sparql", params={"query": query}).json()["results"]["bindings"]) == 1
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{doubtful.address}/review?token={TOKEN}")
    pair = page.locator("#pair")
    expect(pair).to_contain_text("1 pair left")
    assert sorted(pair.get_by_role("heading", level=2).all_inner_texts()) == [" T. Mirenko", " Tolvan Mirenko"]
    page.locator("#main").focus()
    page.keyboard.press("d")
    expect(pair).to_contain_text("No uncertain pair is left")
    page.keyboard.press("z")
    expect(pair).to_contain_text("1 pair left")
    page.keyboard.press("s")
    expect(page.locator("#links")).to_contain_text("the graph follows")
    expect(page.locator("#links")).to_have_text("The graph shows what you decided.", timeout=60_000)
    context.close()
    with doubtful.client() as client:
        found = client.get("/api/suggest", params={"q": "mirenko"}).json()
        assert [one["statements"] for one in found if one["type"] == "person"] == [2]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_an_obstacle(visit: Open, axe: str, marked_up: dict[str, Any], path: str) -> None:
    """By axe-core: names, roles, contrast, order, in both themes."""
    page = visit(address(path, marked_up))
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert page.evaluate(SERIOUS) == [], theme


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(visit: Open, marked_up: dict[str, Any], path: str) -> None:
    page = visit(address(path, marked_up), width=390, height=844)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_theme_is_kept(visit: Open) -> None:
    page = visit()
    page.get_by_role("button", name="Switch to the dark theme").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
