"""HTML pages: the main text without menus and footers, and what the page's head says of title, date and publisher."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from communique.model import Document, Metadata
from communique.read.stamp import iso_date

# schema.org classes of articles, and the one of ours that each becomes
_FORMS = {
    "NewsArticle": "NewsArticle",
    "ReportageNewsArticle": "NewsArticle",
    "AnalysisNewsArticle": "NewsArticle",
    "OpinionNewsArticle": "NewsArticle",
    "BackgroundNewsArticle": "NewsArticle",
    "Article": "Article",
    "BlogPosting": "Article",
    "SocialMediaPosting": "Article",
    "PressRelease": "Article",
    "Report": "Report",
}
_DATE_NAMES = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "date",
    "pubdate",
    "publish-date",
    "sailthru.date",
)
_PUBLISHER_NAMES = ("og:site_name", "dcterms.publisher", "dc.publisher", "publisher", "application-name")
_TITLE_NAMES = ("og:title", "dcterms.title", "dc.title", "twitter:title")
_AUTHOR_NAMES = ("author", "article:author", "dc.creator", "dcterms.creator")
_LIST_ITEM = re.compile(r"[-•*–]\s")


def read_html(name: str, text: str) -> Document:
    """Return a page as a document whose text is the page's main text, one empty line between paragraphs.

    A page without running text gives an empty text. Nothing is fetched.
    """
    import trafilatura  # takes a fifth of a second to import: only where there is a page to read

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(text)
    if tree is None:
        return Document(id="", sha256="", source=name, text="", media_type="text/html")
    head = _Head(tree)
    extracted = trafilatura.bare_extraction(text, include_comments=False, include_images=False, with_metadata=False)
    main = _paragraphs(getattr(extracted, "text", None) or "")
    metadata = head.metadata(main)
    return Document(id="", sha256="", source=metadata.url or name, text=main, media_type="text/html", metadata=metadata)


def _paragraphs(text: str) -> str:
    """Set an empty line between paragraphs and cells of (layout) tables, but none between the items of a list."""
    out: list[str] = []
    before = ""
    cells = (
        cell.strip() for line in text.splitlines() for cell in (line.split("|") if line.startswith("|") else [line])
    )
    for line in cells:
        if not line.strip("-: "):
            continue
        listed = _LIST_ITEM.match(line) and _LIST_ITEM.match(before)
        out += ["\n" if listed else "\n\n", line]
        before = line
    return "".join(out[1:])


class _Head:
    """What a page says of itself: JSON-LD, meta elements, ``time`` elements, title."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._meta = _meta(tree)
        self._article = next(_articles(tree), {})

    def metadata(self, main: str) -> Metadata:
        """Return the page's metadata; of several titles the one that stands at the top of the main text."""
        publisher = _name(self._article.get("publisher")) or self._first(_PUBLISHER_NAMES)
        return Metadata(
            title=self._title(main, publisher),
            publisher=publisher,
            author=_name(self._article.get("author")) or self._author(),
            issued=self._issued(),
            language=self._language(),
            url=self._url(),
            form=_form(self._article) or ("Article" if self._meta.get("og:type") == "article" else ""),
        )

    def _first(self, names: tuple[str, ...]) -> str:
        return next((self._meta[name] for name in names if self._meta.get(name)), "")

    def _author(self) -> str:
        author = self._first(_AUTHOR_NAMES)
        return "" if author.startswith("http") else author

    def _title(self, main: str, publisher: str) -> str:
        headings = [_squeezed(h.text_content()) for h in self._tree.iter("h1")]
        titles = [_squeezed(t.text_content()) for t in self._tree.iter("title")][:1]
        candidates = [
            _squeezed(str(self._article.get("headline") or "")),
            self._first(_TITLE_NAMES),
            *headings[:1],
            *titles,
        ]
        named = [title for title in (_without_site(c, publisher) for c in candidates) if title]
        return next((title for title in named if title in main[:600]), named[0] if named else "")

    def _issued(self) -> str:
        stated = [str(self._article.get("datePublished") or ""), *(self._meta.get(name, "") for name in _DATE_NAMES)]
        return next((day for day in (iso_date(s) for s in [*stated, *self._times()]) if day), "")

    def _times(self) -> Iterator[str]:
        """The ``time`` elements that say when the page was published: marked so, the article's first, or the only."""
        times = [t for t in self._tree.iter("time") if t.get("datetime") and "odified" not in (t.get("itemprop") or "")]
        yield from (
            t.get("datetime") for t in times if t.get("itemprop") == "datePublished" or t.get("pubdate") is not None
        )
        within = [t for t in times if any(a.tag in {"article", "main"} for a in t.iterancestors())]
        yield from (t.get("datetime") for t in within[:1] or (times if len(times) == 1 else []))

    def _language(self) -> str:
        root = self._tree.getroottree().getroot()
        said = (
            root.get("lang")
            or root.get("{http://www.w3.org/XML/1998/namespace}lang")
            or self._article.get("inLanguage")
        )
        return str(said or self._meta.get("content-language") or self._meta.get("og:locale") or "").replace("_", "-")

    def _url(self) -> str:
        canonical = [link.get("href") for link in self._tree.iter("link") if link.get("rel") == "canonical"]
        stated = [*canonical, self._meta.get("og:url"), self._article.get("url")]
        return next((str(url) for url in stated if url and re.match(r"https?://[^\s<>\"{}|\\^`]+$", str(url))), "")


def _meta(tree: Any) -> dict[str, str]:
    """Return the first content of each meta element and each microdata property of one, by lower-case name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = _squeezed(element.get("content") or "")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """Return the articles that JSON-LD in the page describes; broken JSON is passed over."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                data = json.loads(script.text_content(), strict=False)
            except (ValueError, RecursionError):
                continue
            yield from (node for node in _nodes(data) if _form(node))


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth)
    elif isinstance(data, dict) and depth < 4:
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(data.get(key), depth + 1)


def _form(node: dict[str, Any]) -> str:
    types = node.get("@type")
    named = types if isinstance(types, list) else [types]
    return next((_FORMS[str(t)] for t in named if str(t) in _FORMS), "")


def _name(value: Any) -> str:
    """Return the name of a JSON-LD agent, or the names of several."""
    if isinstance(value, list):
        return ", ".join(name for name in map(_name, value) if name)
    if isinstance(value, dict):
        value = value.get("name")
        return _name(value) if isinstance(value, list) else _squeezed(str(value or ""))
    return "" if not isinstance(value, str) or value.startswith("http") else _squeezed(value)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _without_site(title: str, publisher: str) -> str:
    """Return a title without the name of the site behind a bar or dash."""
    cut = re.match(r"(?P<title>.+?)\s+[|–—·-]\s+(?P<site>[^|–—·]+)$", title)
    return cut["title"] if cut and publisher and cut["site"].strip().lower() == publisher.lower() else title
