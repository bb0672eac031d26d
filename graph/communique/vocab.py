"""Namespaces and IRI minting: every IRI of the graph is made here.

IRIs of things are relative to a base (``--base``), deterministic and readable; see ``docs/model.md``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass

from communique.model import Span

DEFAULT_BASE = "https://w3id.org/communique/id/"

CQ = "https://w3id.org/communique/ns#"
KIND = "https://w3id.org/communique/kind/"
ETYPE = "https://w3id.org/communique/event-type/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
ORG = "http://www.w3.org/ns/org#"
FOAF = "http://xmlns.com/foaf/0.1/"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
GEO = "http://www.opengis.net/ont/geosparql#"
TIME = "http://www.w3.org/2006/time#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"
WD = "http://www.wikidata.org/entity/"

PREFIXES: dict[str, str] = {
    "cq": CQ,
    "kind": KIND,
    "etype": ETYPE,
    "sem": SEM,
    "org": ORG,
    "foaf": FOAF,
    "schema": SCHEMA,
    "nif": NIF,
    "itsrdf": ITSRDF,
    "prov": PROV,
    "dcterms": DCTERMS,
    "skos": SKOS,
    "geo": GEO,
    "time": TIME,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "sh": SH,
    "wd": WD,
}

KINDS = [
    "protest",
    "condemnation",
    "concern",
    "appeal",
    "condolence",
    "congratulation",
    "welcome",
    "denial",
    "warning",
    "announcement",
    "report",
    "commemoration",
    "position",
]
EVENT_TYPES = [
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
    "disaster",
    "adjudicate",
    "vote",
    "commemorate",
    "other",
]
MODALITIES = ("asserted", "denied", "hypothetical", "planned")


_DROPPED = re.compile(r"['’`.]")
_PARTED = re.compile(r"[^a-z0-9]+")


def document_id(data: bytes) -> tuple[str, str]:
    """Return a document's name (first 32 hex digits) and the whole SHA-256 of its bytes."""
    digest = hashlib.sha256(data).hexdigest()
    return digest[:32], digest


def slug(text: str, limit: int = 60) -> str:
    """Return an ASCII, lower-case, hyphenated form of a name for use in an IRI; ``x`` and a hash where nothing is left.

    Letters of other scripts have no ASCII form, so a name that loses more than half of its letters gets eight hex
    digits of its own hash: two names never share a slug by being unreadable.
    """
    folded = unicodedata.normalize("NFKD", text.replace("ə", "e").replace("ı", "i").replace("Ə", "E"))
    if not folded.isascii():
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    plain = _DROPPED.sub("", folded.lower())
    short = _PARTED.sub("-", plain).strip("-")
    letters = sum(map(str.isalnum, text))
    if 2 * (len(short) - short.count("-")) < letters or len(short) > limit or not short:
        mark = hashlib.sha256(text.encode()).hexdigest()[:8]
        short = f"{short[:limit].strip('-')}-{mark}" if short else f"x-{mark}"
    return short


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def time_label(value: str) -> str:
    """Return how a person writes a time: ``27 May 2021``, ``May 2021``, ``2021``, ``27 May 2021 to 3 June 2021``."""
    begin, _, end = value.partition("--")
    if end:
        return f"{time_label(begin)} to {time_label(end)}"
    parts = begin.split("-")
    year, month, day = parts[0], parts[1:2], parts[2:3]
    return " ".join([*(str(int(d)) for d in day), *(_MONTHS[int(m) - 1] for m in month), year])


def time_bounds(value: str) -> tuple[str, str]:
    """Return the first and the last day of a time (``2021-05`` is from ``2021-05-01`` to ``2021-05-31``)."""
    begin, _, end = value.partition("--")
    if end:
        return time_bounds(begin)[0], time_bounds(end)[1]
    if len(begin) == 4:
        return f"{begin}-01-01", f"{begin}-12-31"
    if len(begin) == 7:
        year, month = begin.split("-")
        return f"{begin}-01", f"{begin}-{monthrange(int(year), int(month))[1]:02d}"
    return begin, begin


@dataclass(frozen=True, slots=True)
class Minter:
    """Makes the IRIs of one base and, where ``document`` is given, of one document."""

    base: str = DEFAULT_BASE
    document: str = ""

    def of(self, path: str) -> str:
        """Return the IRI of a path relative to the base (``org/un-security-council``)."""
        return self.base + path

    def graph(self) -> str:
        """Return the name of the document's graph."""
        return f"{self.base}graph/{self.document}"

    def doc(self) -> str:
        """Return the IRI of the document."""
        return f"{self.base}doc/{self.document}"

    def span(self, span: Span) -> str:
        """Return the IRI of a text span (RFC 5147 fragment; offsets in code points)."""
        return f"{self.base}doc/{self.document}#char={span.begin},{span.end}"

    def at(self, kind: str, span: Span) -> str:
        """Return the IRI of something named by where it stands: ``event/DOC-486-497``."""
        return f"{self.base}{kind}/{self.document}-{span.begin}-{span.end}"

    def fact(self, subject: str, predicate: str, obj: str) -> str:
        """Return the IRI of a grounded edge: a hash of its subject, predicate and object."""
        mark = hashlib.sha256("\x00".join((subject, predicate, obj)).encode()).hexdigest()[:16]
        return f"{self.base}fact/{self.document}-{mark}"

    def shared_graph(self, name: str) -> str:
        """Return the name of a graph that holds what is true across documents: links, authority, provenance."""
        return f"{self.base}graph/{name}"
