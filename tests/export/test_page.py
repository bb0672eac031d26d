from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from pyoxigraph import RdfFormat

from communique.export import VIEWS, export
from communique.network import build_network
from communique.store import Store
from communique.vocab import CQ, ORG, RDFS

Written = Callable[..., bytes]


def crowd(size: int) -> str:
    """Return the RDF of one sender's statement to so many bodies."""
    bodies = [f"<urn:body:{number}>" for number in range(size)]
    head = f"@prefix cq: <{CQ}> . @prefix rdfs: <{RDFS}> . @prefix org: <{ORG}> . "
    statement = f"<urn:s> a cq:Statement ; cq:issuer <urn:sender> ; cq:recipient {', '.join(bodies)} . "
    return (
        head
        + statement
        + "".join(f'{iri} a org:Organization ; rdfs:label "{iri[1:-1]}" . ' for iri in ["<urn:sender>", *bodies])
    )


class Page(HTMLParser):
    """Collects tags, text outside of scripts and styles, and the content of those."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self._open = ""
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag if tag in self.inline else ""

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inline[self._open].append(data)
        else:
            self.text += data


@pytest.mark.parametrize("view", list(VIEWS))
def test_the_page_loads_nothing_from_anywhere(written: Written, view: str) -> None:
    page = Page(written("html", view=view))
    assert not [tag for tag, _ in page.tags if tag in ("link", "img", "iframe", "object", "embed")]
    for tag, attributes in page.tags:
        assert "src" not in attributes
        assert tag == "a" or "href" not in attributes
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_the_content_policy_allows_this_script_and_these_styles_only(written: Written) -> None:
    page = Page(written("html"))
    policy = next(a["content"] or "" for tag, a in page.tags if tag == "meta" and a.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for content in (*page.inline["script"], *page.inline["style"]):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_a_name_that_closes_a_script_stays_text(written: Written) -> None:
    data = written("html", view="all")
    assert data.count(b"</script>") == 1
    page = Page(data)
    assert "Order of </script><b>Saint Orla & Sons" in page.text
    assert "b" not in {tag for tag, _ in page.tags}


def test_statements_and_edges_stand_in_tables_without_a_script(store: Store, written: Written) -> None:
    page = Page(written("html", view="all"))
    rows = [attributes for tag, attributes in page.tags if tag == "tr"]
    assert sum("data-months" in row for row in rows) == 3
    assert sum("data-edge" in row for row in rows) == build_network(store, "all").number_of_edges()


def test_each_edge_leads_to_its_statements_and_shows_the_words_of_its_fact(written: Written) -> None:
    data = written("html", view="all").decode()
    agent = next(row for row in re.findall("<tr data-edge.*?</tr>", data) if "agent (alleged)" in row)
    assert "armed units of Ostmark shelled homes" in re.sub("</?(mark|u)>", "", agent)
    assert "<mark>shelled</mark>" in agent
    assert re.search("<u>[^<]*Ostmark</u>", agent)
    ids = set(re.findall(r'<tr id="([^"]+)"', data))
    assert set(re.findall(r'href="#([0-9a-f]{32}[^"]*)"', data)) == ids


def test_events_are_told_as_what_a_statement_says(written: Written) -> None:
    page = Page(written("html"))
    assert "assault, asserted in the statement" in page.text
    assert "assault, denied in the statement" in page.text


def test_only_web_addresses_become_links(written: Written) -> None:
    page = Page(written("html"))
    links = [attributes["href"] or "" for tag, attributes in page.tags if tag == "a"]
    assert "https://example.org/varenia/appeal" in links
    assert all(link.startswith(("#", "https://", "http://")) for link in links)
    assert "letters/ostmark denial.txt" in page.text


def test_the_timeline_counts_statements_and_events_by_month(written: Written) -> None:
    assert "2021-05: 3 statements, 2 reported events" in Page(written("html")).text


def test_without_text_the_page_quotes_nothing(written: Written) -> None:
    data = written("html", without_text=True)
    assert b"<blockquote>" not in data
    assert b"sleeps at home" not in data
    assert b"Lidia Maren" in data


def test_the_page_of_a_period_has_its_statements_only(written: Written) -> None:
    page = Page(written("html", view="all", since="2021-05-05", until="2021-05"))
    assert "2 statements, 2021-05-06 to 2021-05-10" in page.text
    page = Page(written("html", since="2021-05-06", until="2021-05-06"))
    assert "1 statement, 2021-05-06" in page.text


def test_the_picture_of_a_crowd_shows_its_strongest_sixty_and_the_page_says_so() -> None:
    store = Store.memory()
    store.dataset.load(crowd(80).encode(), format=RdfFormat.TURTLE)
    out = io.BytesIO()
    export(store, "html", out)
    page = Page(out.getvalue())
    assert "The network has 81 nodes: the picture shows the 60 that most statements concern" in page.text
    assert sum("data-node" in attributes for _, attributes in page.tags) == 60
    assert sum("data-edge" in attributes for tag, attributes in page.tags if tag == "tr") == 80


def test_a_long_file_name_may_break_after_its_words_but_not_before_its_suffix(written: Written) -> None:
    assert "letters/<wbr>ostmark denial.txt" in written("html").decode()
