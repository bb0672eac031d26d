"""The entities of documents and of the authority graph, read from the store as plain records.

What tells bearers of one name apart is read along: a country, the body of a post, the titles that stand before a
person's name ("President ...") and the offices and bodies in which a person speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from communique.resources import lexicon
from communique.store import Store, plain
from communique.vocab import CQ, FOAF, ITSRDF, NIF, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, slug

_TYPE = NamedNode(RDF + "type")
_DESCRIBED = NamedNode(CQ + "Described")
_AGENT = NamedNode(PROV + "agent")
_TEXT = NamedNode(NIF + "isString")
_WORD = 30
"""A title is not longer than so many letters."""
_NAMES_ENTITY = NamedNode(ITSRDF + "taIdentRef")
_LOCAL = re.compile(r"[a-z]+/[0-9a-f]{32}-")
_GRAPH = re.compile(r"graph/(?:[0-9a-f]{32}|authority)$")
_AUTHORITY = "/graph/authority"
_AUTHORITY_NAME = "authority"
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
_TITLE_ENDS = frozenset({"of", "for", "to", "at", "in", "on"})


@dataclass(slots=True)
class Entity:
    """What one graph says of an entity.

    ``local`` is whether it belongs to one document (it has no authority record). ``names`` are its other names as the
    text has them. ``titles`` are a person's offices, folded (see :func:`title_forms`); ``bodies`` those it speaks for.
    """

    iri: str
    type: str
    local: bool
    label: Literal = field(default_factory=lambda: Literal(""))
    names: set[str] = field(default_factory=set)
    country: str = ""
    post_in: str = ""
    titles: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    described: bool = False


def fold(name: str) -> str:
    """Return a name without case, accents, punctuation and a leading article, words joined by hyphens."""
    return slug(name, limit=400).removeprefix("the-")


def title_forms(office: str) -> set[str]:
    """Return what an office shares with other ways to name it: its last word, and its last two, before any "of"."""
    words: list[str] = []
    for word in fold(office).split("-"):
        if word in _TITLE_ENDS:
            break
        words.append(word)
    return {"-".join(words[-count:]) for count in (1, 2) if len(words) >= count}


def is_local(store: Store, iri: str) -> bool:
    """Return whether an entity belongs to one document: it has no authority record."""
    return _LOCAL.match(iri.removeprefix(store.base)) is not None


def document_entities(store: Store, document_id: str) -> list[Entity]:
    """Return the entities of one document's graph, sorted by IRI."""
    graph = store.graph_name(document_id)
    found = _typed(store, graph)
    for entity in found.values():
        for quad in store.dataset.quads_for_pattern(NamedNode(entity.iri), None, None, graph):
            _describe(entity, quad)
    people = {iri for iri, entity in found.items() if entity.type == "person"}
    if people:
        _add_titles(store, graph, found)
        _add_capacities(store, graph, found)
    return [found[iri] for iri in sorted(found)]


def authority_entities(store: Store) -> dict[str, Entity]:
    """Return the entities of the authority graph by IRI."""
    graph = store.graph_name(_AUTHORITY_NAME)
    found = _typed(store, graph)
    for predicate in (RDFS + "label", SKOS + "altLabel", CQ + "countryCode", ORG + "postIn"):
        for quad in store.dataset.quads_for_pattern(None, NamedNode(predicate), None, graph):
            entity = found.get(plain(quad.subject))
            if entity is not None:
                _describe(entity, quad)
    return found


def authority_entity(store: Store, iri: str) -> Entity | None:
    """Return an entity of the authority graph by its IRI, nothing where it has none."""
    node, graph = NamedNode(iri), store.graph_name(_AUTHORITY_NAME)
    quads = list(store.dataset.quads_for_pattern(node, None, None, graph))
    classes = {plain(quad.object) for quad in quads if quad.predicate == _TYPE}
    kind = next((kind for kind, cls in CLASSES if cls in classes), None)
    if kind is None:
        return None
    entity = Entity(iri, kind, is_local(store, iri))
    for quad in quads:
        _describe(entity, quad)
    return entity


def merged(first: Entity, second: Entity) -> Entity:
    """Return what two graphs together say of one entity; of two values the first in order counts."""
    return replace(
        first,
        label=_better(first.label, second.label),
        names=first.names | second.names,
        country=min(filter(None, (first.country, second.country)), default=""),
        post_in=min(filter(None, (first.post_in, second.post_in)), default=""),
    )


def _typed(store: Store, graph: NamedNode) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for kind, cls in CLASSES:
        for quad in store.dataset.quads_for_pattern(None, _TYPE, NamedNode(cls), graph):
            iri = plain(quad.subject)
            if iri not in found:
                found[iri] = Entity(iri, kind, is_local(store, iri))
    for quad in store.dataset.quads_for_pattern(None, _TYPE, _DESCRIBED, graph):
        found[plain(quad.subject)].described = True
    return found


def _describe(entity: Entity, quad: Quad) -> None:
    """Set what a quad says of an entity; of several values the first in order counts."""
    predicate, value = quad.predicate.value, quad.object
    if isinstance(value, Literal):
        if predicate == RDFS + "label":
            entity.names.add(value.value)
            entity.label = _better(entity.label, value)
        elif predicate == SKOS + "altLabel":
            entity.names.add(value.value)
        elif predicate == CQ + "countryCode":
            entity.country = min(filter(None, (entity.country, value.value)))
    elif predicate == ORG + "postIn":
        entity.post_in = min(filter(None, (entity.post_in, plain(value))))


def _better(old: Literal, new: Literal) -> Literal:
    """Return the label to show of two: the English one, else the first in order."""
    return min(
        (old, new), key=lambda label: (not label.value, label.language != "en", label.language or "", label.value)
    )


def _add_titles(store: Store, graph: NamedNode, found: dict[str, Entity]) -> None:
    """Add the offices that stand right before people's names: "President Solenko"."""
    begins: dict[int, set[str]] = {}
    offices: list[tuple[int, str]] = []
    for quad in store.dataset.quads_for_pattern(None, _NAMES_ENTITY, None, graph):
        entity = found.get(plain(quad.object))
        if entity is None or entity.type not in ("person", "office"):
            continue
        begin, _, end = plain(quad.subject).rpartition("#char=")[2].partition(",")
        if entity.type == "person":
            begins.setdefault(int(begin), set()).add(entity.iri)
        else:
            offices.append((int(end), entity.iri))
    for after, office in offices:
        for person in begins.get(after + 1, ()):
            found[person].titles |= title_forms(found[office].label.value)
    text = next((plain(q.object) for q in store.dataset.quads_for_pattern(None, _TEXT, None, graph)), "")
    for at, people in begins.items():
        word = text[max(0, at - _WORD) : at].rpartition(" ")[0].rpartition(" ")[2].lower()
        if word in _titles():
            for person in people:
                found[person].titles.add(word)


@cache
def _titles() -> frozenset[str]:
    """Return the words that stand straight before a personal name as titles."""
    return frozenset(row["word"] for row in lexicon("office_titles") if row["before_name"] == "yes")


def _add_capacities(store: Store, graph: NamedNode, found: dict[str, Entity]) -> None:
    """Add the offices and bodies in which people speak."""
    for quad in store.dataset.quads_for_pattern(None, _AGENT, None, graph):
        person = found.get(plain(quad.object))
        if person is None or person.type != "person":
            continue
        for said in store.dataset.quads_for_pattern(quad.subject, None, None, graph):
            other = found.get(plain(said.object))
            if other is None:
                continue
            if said.predicate.value == CQ + "capacity":
                person.titles |= title_forms(other.label.value)
            elif said.predicate.value == CQ + "onBehalfOf":
                person.bodies.add(fold(other.label.value))


def type_counts(store: Store) -> dict[str, int]:
    """Return how many entities there are of each type, in documents and authority graph."""
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for kind, cls in CLASSES:
        iris = {plain(quad.subject) for quad in _of_class(store, cls) if _GRAPH.search(plain(quad.graph_name))} - seen
        if iris:
            counts[kind] = len(iris)
        seen |= iris
    return dict(sorted(counts.items()))


def authority_keys(store: Store) -> list[str]:
    """Return the authority keys (``org/un-security-council``) of the entities that documents name, sorted."""
    keys: set[str] = set()
    for _, cls in CLASSES:
        for quad in _of_class(store, cls):
            key = plain(quad.subject).removeprefix(store.base)
            if not plain(quad.graph_name).endswith(_AUTHORITY) and not _LOCAL.match(key):
                keys.add(key)
    return sorted(keys)


def _of_class(store: Store, cls: str) -> Iterator[Quad]:
    return store.dataset.quads_for_pattern(None, _TYPE, NamedNode(cls), None)
