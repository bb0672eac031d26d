"""Pages: main text and metadata."""

import json
import logging
import socket
from pathlib import Path

import pytest

from communique.errors import ReadError
from communique.model import Document
from communique.read import Source, read

BODY = """
<nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h1>Varenia protests against shelling of Port Selm</h1>
<p>The Ministry of Foreign Affairs of the Republic of Varenia protested against the shelling of Port Selm.</p>
<p>It calls on the government of Ostmark to withdraw its artillery from the border without delay.</p>
<ul><li>three wounded</li><li>two missing</li></ul></article>
<footer>Imprint | Privacy</footer>
"""


def page(tmp_path: Path, head: str = "", body: str = BODY, attributes: str = "", encoding: str = "utf-8") -> Document:
    path = tmp_path / "page.html"
    path.write_bytes(f"<!DOCTYPE html><html{attributes}><head>{head}</head><body>{body}</body></html>".encode(encoding))
    (document,) = read(Source("page.html", str(path), ".html"))
    return document


def ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **values})}</script>'


def test_the_text_is_the_article_with_an_empty_line_between_paragraphs(tmp_path: Path) -> None:
    text = page(tmp_path).text
    assert "against the shelling of Port Selm.\n\nIt calls on the government" in text
    assert "- three wounded\n- two missing" in text
    assert "Privacy" not in text


def test_json_ld_says_date_with_zone_publisher_headline_language_and_form(tmp_path: Path) -> None:
    head = ld(
        **{"@type": "NewsArticle", "headline": "Varenia protests", "datePublished": "2021-05-27T17:33:00+0400"},
        publisher={"@type": "Organization", "name": "Selm Times"},
        author=[{"@type": "Person", "name": "A. Brant"}, {"name": "C. Dorn"}],
        inLanguage="en-GB",
        url="https://example.org/1",
    )
    document = page(tmp_path, head)
    metadata = document.metadata
    assert metadata.issued == "2021-05-27T17:33:00+04:00"
    assert (metadata.publisher, metadata.title, metadata.language) == ("Selm Times", "Varenia protests", "en-GB")
    assert (metadata.author, metadata.form) == ("A. Brant, C. Dorn", "NewsArticle")
    assert document.source == "https://example.org/1"


def test_json_ld_inside_a_graph_is_found_and_broken_json_passed_over(tmp_path: Path) -> None:
    graph = [{"@type": "WebSite", "name": "x"}, {"@type": ["Report"], "datePublished": "2020-02"}]
    broken = '<script type="application/ld+json">{"a": </script>'
    metadata = page(tmp_path, broken + ld(**{"@graph": graph})).metadata
    assert (metadata.form, metadata.issued) == ("Report", "2020-02")


def test_open_graph_fills_what_json_ld_does_not_say(tmp_path: Path) -> None:
    head = """<meta property="og:site_name" content="Selm Times"><meta property="og:title" content="A title">
    <meta property="article:published_time" content="2021-05-27T13:33:00.000Z"><meta property="og:url" content="https://example.org/2">"""
    document = page(tmp_path, head)
    assert document.metadata.issued == "2021-05-27T13:33:00+00:00"
    assert (document.metadata.publisher, document.source) == ("Selm Times", "https://example.org/2")


def test_the_article_s_time_element_dates_it_but_a_modification_does_not(tmp_path: Path) -> None:
    times = '<time itemprop="dateModified" datetime="2022-01-01">x</time><time datetime="2021-05-27">y</time>'
    assert page(tmp_path, body=BODY.replace("</h1>", "</h1>" + times)).metadata.issued == "2021-05-27"


def test_of_several_titles_the_one_in_the_text_is_taken(tmp_path: Path) -> None:
    document = page(
        tmp_path, '<title>Shelling: a protest | Selm Times</title><meta property="og:title" content="Protest!">'
    )
    assert document.metadata.title == "Varenia protests against shelling of Port Selm"


def test_the_site_s_name_is_cut_from_the_title(tmp_path: Path) -> None:
    head = '<title>Shelling: a protest | Selm Times</title><meta property="og:site_name" content="Selm Times">'
    assert page(tmp_path, head, BODY.replace("h1", "h4")).metadata.title == "Shelling: a protest"


def test_the_language_stands_in_the_root_element(tmp_path: Path) -> None:
    assert page(tmp_path, attributes=' lang="de"').metadata.language == "de"


def test_a_declared_charset_is_believed(tmp_path: Path) -> None:
    body = "<p>Die Erklärung der Regierung über die Größe des Lagers wurde am Dienstag veröffentlicht.</p>"
    document = page(tmp_path, '<meta charset="iso-8859-1">', body, encoding="cp1252")
    assert document.text == "Die Erklärung der Regierung über die Größe des Lagers wurde am Dienstag veröffentlicht."
    assert document.findings == ()


@pytest.mark.parametrize("body", ["", "<script>document.write('x')</script>", "<img src='a.png'>"])
def test_a_page_without_text_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(ReadError, match="no running text in the page"):
        page(tmp_path, "<title>Empty</title>", body)


def test_nothing_is_fetched_and_nothing_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the reader went to the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = '<link rel="canonical" href="https://example.org/3"><link rel="stylesheet" href="https://example.org/s.css">'
    with caplog.at_level(logging.WARNING):
        document = page(tmp_path, head, BODY + '<img src="https://example.org/p.png">')
    assert document.source == "https://example.org/3"
    assert caplog.records == []


def test_cells_of_a_layout_table_become_paragraphs(tmp_path: Path) -> None:
    cell = (
        "The Ministry of Foreign Affairs of Varenia protested on Tuesday against the shelling of the old harbour town."
    )
    text = page(
        tmp_path,
        body=f"<table><tr><td>{cell}</td><td>It was the second time this year that it did so.</td></tr></table>",
    ).text
    assert text == f"{cell}\n\nIt was the second time this year that it did so."
