"""The first page, as a person uses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlparse

import httpx
import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
VARENIA = "Ministry of Foreign Affairs of Varenia"


def asked(page: Page) -> dict[str, list[str]]:
    """Return the parameters in the page's address."""
    return parse_qs(urlparse(page.url).query)


def chosen_edge(page: Page, name: str) -> None:
    page.get_by_role("region", name="Connections of the picture").get_by_role("button", name=name).click()


def search(page: Page, words: str, name: str) -> None:
    page.get_by_role("combobox").first.fill(words)
    page.get_by_role("option", name=name).first.click()


def test_a_newcomer_finds_the_sentence_within_five_clicks(visit: Open) -> None:
    page = visit()
    clicks = 0
    search(page, "mirela", "Mirela Dosta")
    clicks += 1
    panel = page.get_by_role("complementary", name="Evidence")
    panel.get_by_role("button", name="Mirela Dosta → United Nations Security Council: evidence").click()
    clicks += 1
    expect(panel.get_by_role("heading", level=2)).to_have_text("Mirela Dosta → United Nations Security Council")
    quote = panel.locator("blockquote").first
    assert quote.locator("mark.cue").count() >= 1
    expect(quote.locator(".name").filter(has_text="Security Council")).to_be_visible()
    sentence = quote.inner_text()
    panel.get_by_role("link", name="Open document").first.click()
    clicks += 1
    expect(page.locator("#text .lit").first).to_be_in_viewport()
    lit = "".join(page.locator("#text .lit").all_inner_texts())
    assert " ".join(lit.split()) in " ".join(sentence.split())
    assert clicks <= 5


def test_the_first_screen_says_how_much_it_shows_and_leaves_out(visit: Open, client: httpx.Client) -> None:
    page = visit("?view=mentions")
    total = client.get("/api/facets").json()["total"]
    expect(page.locator("#count")).to_contain_text(f"{total} statements")
    expect(page.locator(".note")).to_contain_text("nodes")
    page.get_by_label("How many nodes at most").select_option("30")
    expect(page.locator(".note")).to_contain_text("left out")
    assert asked(page)["limit"] == ["30"]


def test_facets_narrow_and_chips_take_it_back(visit: Open) -> None:
    page = visit()
    kind = page.get_by_role("group", name="Kind of statement")
    option = kind.get_by_role("checkbox").first
    option.check()
    expect(page.locator("#count")).to_contain_text(" of ")
    narrowed = page.locator("#count").inner_text()
    assert len(asked(page)["kind"]) == 1
    kind.get_by_role("checkbox").nth(1).check()
    expect(page.locator("#chips li")).to_have_count(3)  # both, and a way to clear all
    page.go_back()
    expect(page.locator("#count")).to_have_text(narrowed)
    page.get_by_role("button", name="Remove the filter Kind of statement").click()
    expect(page.locator("#chips li")).to_have_count(0)
    assert "kind" not in asked(page)


@pytest.mark.parametrize("tab", ["network", "timeline", "map", "table"])
def test_the_brush_drives_every_view(visit: Open, tab: str) -> None:
    page = visit(f"?tab={tab}")
    page.wait_for_selector("#view table")
    before = page.locator("#view").inner_text()
    box = page.locator("#histogram svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator("#count")).to_contain_text(" of ")
    assert asked(page)["since"] >= ["2020"]
    expect(page.locator("#view")).not_to_have_text(before, use_inner_text=True)
    expect(page.get_by_role("button", name="Remove the filter From")).to_be_visible()


def test_an_edge_shows_its_evidence_and_the_table_keeps_step(visit: Open) -> None:
    page = visit()
    chosen_edge(page, "Anselm Corvo → Tolmia")
    panel = page.get_by_role("complementary", name="Evidence")
    expect(panel).to_contain_text("1 statement, 9 Jun 2022")
    expect(panel).to_contain_text("confidence")
    row = page.locator("tr[aria-current=true]")
    expect(row).to_contain_text("Anselm Corvo → Tolmia")
    panel.get_by_role("button", name="Copy citation").click()
    expect(panel.get_by_role("button", name="Copied")).to_be_visible()
    page.keyboard.press("Escape")
    expect(row).to_have_count(0)
    expect(panel).to_contain_text("Strongest connections here")


def test_an_accusation_is_shown_as_a_claim_with_its_claimant(visit: Open) -> None:
    page = visit("?view=accuses")
    expect(page.locator(".legend")).to_contain_text("a claim, not established")
    row = page.locator("#view tbody tr").filter(has_text="alleged").first
    row.get_by_role("button").click()
    expect(page.locator("#panel .claim-line").first).to_have_text(re.compile(r"^Alleged by \w+"))
    expect(page.locator("#panel mark.cue").first).to_be_visible()


def test_a_node_says_what_it_is_and_the_picture_obeys(visit: Open) -> None:
    page = visit()
    search(page, "mirela", "Mirela Dosta")
    panel = page.get_by_role("complementary", name="Evidence")
    for heading in ("It addresses", "It demanded", "Names and identifiers"):
        expect(panel.get_by_role("heading", name=heading)).to_be_visible()
    page.get_by_role("button", name="Nodes", exact=True).click()
    nodes = page.locator("#view tbody tr")
    page.get_by_role("button", name="Remove the filter Concerns").click()
    expect(nodes.filter(has_text="Olave Prentiss")).to_have_count(1)
    everything = nodes.count()
    panel.get_by_role("button", name="Focus").click()
    expect(nodes.filter(has_text="Olave Prentiss")).to_have_count(0)
    expect(nodes.filter(has_text="United Nations Security Council")).to_have_count(1)
    assert nodes.count() < everything
    panel.get_by_role("button", name="Pin").click()
    expect(panel.get_by_role("button", name="Pin")).to_have_attribute("aria-pressed", "true")
    panel.get_by_role("button", name="Hide").click()
    expect(nodes.filter(has_text="Mirela Dosta")).to_have_count(0)
    page.get_by_role("button", name="Undo focus, hide and expand").click()
    expect(nodes.filter(has_text="Mirela Dosta")).to_have_count(1)


def test_paths_between_two_nodes_lead_to_evidence(visit: Open) -> None:
    page = visit()
    page.get_by_role("button", name="Nodes", exact=True).click()
    page.locator("#view tbody").get_by_role("button", name="Anselm Corvo").click()
    page.get_by_role("button", name="Paths to …").click()
    page.locator("#view tbody").get_by_role("button", name="Jonas Weller").click()
    panel = page.get_by_role("complementary", name="Evidence")
    expect(panel.get_by_role("heading", level=2)).to_have_text("From Anselm Corvo to Jonas Weller")
    hops = panel.locator("ol.list").first.get_by_role("button")
    assert hops.count() >= 2
    hops.first.click()
    expect(panel.locator("blockquote").first).to_be_visible()


def test_the_table_leads_to_a_statement_and_its_document(visit: Open) -> None:
    page = visit("?tab=table")
    page.get_by_role("region", name="Statements").get_by_role("button", name="shelling of Lower Orrin").first.click()
    panel = page.get_by_role("complementary", name="Evidence")
    expect(panel.get_by_role("heading", name="Who addresses whom")).to_be_visible()
    expect(panel.locator("blockquote").first).to_be_visible()


def test_downloads_are_of_the_current_filter(visit: Open) -> None:
    page = visit("?kind=protest")
    page.wait_for_selector("#view table")
    page.locator("#download summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Table CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    links = page.locator("#download-list a")
    assert links.count() == 9
    assert all("kind=protest" in (links.nth(at).get_attribute("href") or "") for at in range(9))


def test_the_whole_way_by_keyboard(visit: Open) -> None:
    page = visit()
    page.wait_for_selector("#view table")
    page.keyboard.press("/")
    page.keyboard.type("security council")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Security Council")
    expect(panel).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        if ": evidence" in (page.evaluate("document.activeElement.getAttribute('aria-label')") or ""):
            break
    page.keyboard.press("Enter")
    expect(panel.locator("blockquote").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#tab-network").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-timeline")).to_have_attribute("aria-selected", "true")
    assert asked(page)["tab"] == ["timeline"]


def test_lines_and_marks_of_the_picture_are_chosen_by_clicks(visit: Open) -> None:
    page = visit()
    page.wait_for_selector(".graph canvas")

    def click(of: str, **options: Any) -> None:
        """Click where a part of the picture stands; `of` is an expression of cytoscape.js."""
        spot = page.evaluate(f"(() => {{ const cy = document.querySelector('.graph')._cyreg.cy; return {of} }})()")
        page.locator(".graph").click(position=spot, **options)

    def node(label: str) -> str:
        return f"cy.nodes().filter((n) => n.data('label') === '{label}').renderedPosition()"

    heading = page.get_by_role("complementary", name="Evidence").get_by_role("heading", level=2)
    click(node("Anselm Corvo"))
    expect(heading).to_have_text("Anselm Corvo")
    click(node("Lani Teru"), modifiers=["Shift"])
    expect(heading).to_have_text("From Anselm Corvo to Lani Teru")
    click("cy.edges().filter((e) => e.source().data('label') === 'Anselm Corvo')[0].renderedMidpoint()")
    expect(heading).to_contain_text("Anselm Corvo → ")
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Whole picture").click()
    click("({ x: 3, y: 3 })")
    expect(heading).to_have_text("Who says what to whom, in which words")


def test_a_crowd_is_drawn_and_answers_clicks(visit: Open, client: httpx.Client) -> None:
    """From a thousand nodes on, another library draws: each mark can still be chosen."""
    rows, across = 26, 40
    count = rows * across
    sent = {
        "base": "http://crowd.example/",
        "types": ["organization", "person"],
        "nodes": {
            "id": [f"n{at}" for at in range(count)],
            "label": [f"Body {at}" for at in range(count)],
            "type": [at % 2 for at in range(count)],
            "statements": [100] + [1] * (count - 1),
            "degree": [1] * count,
            "x": [at % across for at in range(count)],
            "y": [at // across for at in range(count)],
        },
        "relations": ["addresses"],
        "modalities": [""],
        "edges": {
            "source": list(range(count - 1)),
            "target": list(range(1, count)),
            **{name: [0] * (count - 1) for name in ("relation", "modality")},
            "weight": [1] * (count - 1),
            **{name: [20200501] * (count - 1) for name in ("first", "last")},
        },
        "total_nodes": count + 7,
        "total_edges": count,
        "left_out": {"nodes": 7, "edges": 1},
    }
    page = visit("review")
    page.route("**/api/network?*", lambda route: route.fulfill(json=sent))
    known = client.get("/api/suggest", params={"q": "mirela"}).json()[0]["iri"]
    node = client.get("/api/node", params={"iri": known}).json()
    page.route("**/api/node?*", lambda route: route.fulfill(json=node))
    page.goto(page.url.replace("review", "?limit=10000"))
    expect(page.locator(".note")).to_contain_text("The strongest 1,040 of 1,047 nodes; 7 left out")
    expect(page.locator(".graph")).to_have_attribute("data-drawn", str(count))
    expect(page.locator("#view tbody tr").first).to_contain_text("1 May 2020")
    box = page.locator(".graph").bounding_box()
    assert box
    margin = 24  # of the shorter side; the longer one has as much in proportion
    corner = {"x": margin * box["width"] / box["height"], "y": float(margin)}
    for _ in range(10):  # the picture may still be at its second frame
        page.locator(".graph").click(position=corner)  # type: ignore[arg-type]
        if "node" in asked(page):
            break
        page.wait_for_timeout(100)
    assert asked(page)["node"] == ["http://crowd.example/n0"]
    page.mouse.move(box["x"] + 300, box["y"] + 100)
    page.mouse.wheel(0, -600)
    page.mouse.down()
    page.mouse.move(box["x"] + 340, box["y"] + 130, steps=10)
    page.mouse.up()
    page.get_by_role("button", name="Whole picture").click()
    page.wait_for_timeout(500)  # the picture has come to rest, and two clicks are not one double click
    page.locator(".graph").click(position={"x": 24, "y": box["height"] - 4})
    assert "node" not in asked(page)
