"""Which format an answer has: what ``?format=`` says, else what the Accept header prefers (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True, eq=False)  # one object a format: hashed by identity, which is fast
class Form:
    """A format: the names that ``?format=`` takes, its media types (the first is the one that answers bear)."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    writes: QueryResultsFormat | RdfFormat

    @property
    def content_type(self) -> str:
        """The Content-Type of answers."""
        return f"{self.types[0]}; charset=utf-8" if self.types[0].startswith("text/") else self.types[0]


RESULTS = (
    Form(
        ("json", "srj"), ("application/sparql-results+json", "application/json", "text/json"), QueryResultsFormat.JSON
    ),
    Form(("xml", "srx"), ("application/sparql-results+xml", "application/xml", "text/xml"), QueryResultsFormat.XML),
    Form(("csv",), ("text/csv",), QueryResultsFormat.CSV),
    Form(("tsv",), ("text/tab-separated-values",), QueryResultsFormat.TSV),
)
GRAPHS = (
    Form(("turtle", "ttl"), ("text/turtle", "application/x-turtle"), RdfFormat.TURTLE),
    Form(("trig",), ("application/trig",), RdfFormat.TRIG),
    Form(("ntriples", "nt"), ("application/n-triples", "text/plain"), RdfFormat.N_TRIPLES),
    Form(("nquads", "nq"), ("application/n-quads",), RdfFormat.N_QUADS),
    Form(("rdfxml", "rdf", "xml"), ("application/rdf+xml", "application/xml", "text/xml"), RdfFormat.RDF_XML),
    Form(("jsonld", "json"), ("application/ld+json", "application/json"), RdfFormat.JSON_LD),
)
_REMEMBERED = 256  # Accept headers: most clients send one of a few
HTML = ("text/html", "application/xhtml+xml")


@lru_cache(_REMEMBERED)
def choose(forms: tuple[Form, ...], accept: str, name: str = "") -> Form | None:
    """Return the format to answer in, or None where none of them is acceptable.

    Args:
        forms: the formats that can be written, the usual one first.
        accept: the Accept header; nothing accepts all.
        name: what ``?format=`` says, a short name or a media type; it goes before the header.
    """
    if name:
        return next((form for form in forms if name in form.names or name in form.types), None)
    wanted = preferences(accept)
    scored = [(max(quality(wanted, each) for each in form.types), -rank) for rank, form in enumerate(forms)]
    best, rank = max(scored)
    return forms[-rank] if best > 0 else None


@lru_cache(_REMEMBERED)
def prefers_html(accept: str, forms: tuple[Form, ...]) -> bool:
    """Return whether a reader would rather have a page, as browsers do."""
    wanted = preferences(accept)
    named = [each for each in wanted if each[0] in HTML]
    if not named:
        return False
    other = max(quality(wanted, each, wild=False) for form in forms for each in form.types)
    return max(each[1] for each in named) > other


def preferences(accept: str) -> list[tuple[str, float]]:
    """Return media ranges with their quality; an empty header accepts everything."""
    found = []
    for part in accept.split(",")[:50]:
        kind, *parameters = (each.strip().lower() for each in part.split(";"))
        if kind:
            given = next((each[2:] for each in parameters if each.startswith("q=")), "1")
            found.append((kind, float(given) if re.fullmatch(r"\d(\.\d{0,3})?", given) else 0.0))
    return found or [("*/*", 1.0)]


def quality(wanted: Iterable[tuple[str, float]], media_type: str, *, wild: bool = True) -> float:
    """Return how much a media type is wanted: the most specific range that fits it decides."""
    ranges = {media_type: 3, f"{media_type.partition('/')[0]}/*": 2, "*/*": 1} if wild else {media_type: 3}
    fitting = [(ranges[kind], weight) for kind, weight in wanted if kind in ranges]
    return max(fitting)[1] if fitting else 0.0
