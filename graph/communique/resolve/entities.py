"""The entities of documents and of the authority graph, read from the store as plain records."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from communique.store import Store, plain
from communique.vocab import CQ, FOAF, ORG, RDF, RDFS, SCHEMA, SKOS, slug

_TYPE = NamedNode(RDF + "type")
_LOCAL = re.compile(r"[a-z]+/[0-9a-f]{32}-")
_GRAPH = re.compile(r"graph/(?:[0-9a-f]{32}|authority)$")
_AUTHORITY = "/graph/authority"
# In this order: a state is a schema:Country and a cq:State, and counts as a state.
CLASSES = (
    ("person", FOAF + "Person"),
    ("org", ORG + "Organization"),
    ("office", ORG + "Post"),
    ("state", CQ + "State"),
    ("place", SCHEMA + "Place"),
    ("group", CQ + "DescribedGroup"),
    ("instrument", CQ + "Instrument"),
)


@dataclass(slots=True)
class Known:
    """What the graphs together say of one entity.

    ``local`` is whether it belongs to one document (it has no authority record). ``name`` is its label folded for
    comparison (ASCII, lower case, hyphens), ``names`` its labels and other names, each folded.
    """

    iri: str
    type: str
    local: bool
    label: Literal = field(default_factory=lambda: Literal(""))
    names: set[str] = field(default_factory=set)
    country: str = ""
    post_in: str = ""

    @property
    def name(self) -> str:
        """The label, folded."""
        return fold(self.label.value)


def fold(name: str) -> str:
    """Return a name without case, accents, punctuation and a leading article, words joined by hyphens."""
    return slug(name, limit=400).removeprefix("the-")


def entities(store: Store) -> list[Known]:
    """Return every entity of the documents' graphs and of the authority graph, sorted by IRI."""
    found: dict[str, Known] = {}
    for kind, cls in CLASSES:
        for quad in store.dataset.quads_for_pattern(None, _TYPE, NamedNode(cls), None):
            iri = plain(quad.subject)
            if iri not in found and _counts(quad.graph_name):
                local = _LOCAL.match(iri.removeprefix(store.base)) is not None
                found[iri] = Known(iri, kind, local)
    for predicate in (RDFS + "label", SKOS + "altLabel", CQ + "countryCode", ORG + "postIn"):
        _describe(store, found, predicate)
    return [found[iri] for iri in sorted(found)]


def _describe(store: Store, found: dict[str, Known], predicate: str) -> None:
    """Set what one property says of the entities; of several values the first in order counts."""
    for quad in store.dataset.quads_for_pattern(None, NamedNode(predicate), None, None):
        entity = found.get(plain(quad.subject))
        if entity is None or not _counts(quad.graph_name):
            continue
        value = plain(quad.object)
        if predicate == CQ + "countryCode":
            entity.country = min(filter(None, (entity.country, value)))
        elif predicate == ORG + "postIn":
            entity.post_in = min(filter(None, (entity.post_in, value)))
        else:
            entity.names.add(fold(value))
            if predicate == RDFS + "label" and isinstance(quad.object, Literal):
                entity.label = _better(entity.label, quad.object)


def _better(old: Literal, new: Literal) -> Literal:
    """Return the label to show of two: the English one, else the first in order."""
    return min(
        (old, new), key=lambda label: (not label.value, label.language != "en", label.language or "", label.value)
    )


def authority_keys(store: Store) -> list[str]:
    """Return the authority keys (``org/un-security-council``) of the entities that documents name, sorted."""
    keys: set[str] = set()
    for _, cls in CLASSES:
        for quad in store.dataset.quads_for_pattern(None, _TYPE, NamedNode(cls), None):
            key = plain(quad.subject).removeprefix(store.base)
            if not plain(quad.graph_name).endswith(_AUTHORITY) and not _LOCAL.match(key):
                keys.add(key)
    return sorted(keys)


def _counts(graph: object) -> bool:
    return _GRAPH.search(plain(graph)) is not None
