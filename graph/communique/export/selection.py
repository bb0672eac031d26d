"""Which quads of the graph an RDF export holds (``--profile``, ``--without-text``), and in which order.

``full`` is everything. ``facts`` leaves out text spans with every edge to one, reified facts, the documents' texts
and the provenance of the run: what stays is statements, events, demands, quotations, characterizations and entities,
each event with its modality and the statement that reports it. ``entities`` keeps only persons, bodies, offices,
places, groups and instruments with their names, identifiers and links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from communique.store import Store, as_declared
from communique.vocab import CQ, FOAF, GEO, NIF, ORG, PREFIXES, RDF, RDFS, SCHEMA

PROFILES = ("facts", "entities", "full")

_TYPE = NamedNode(RDF + "type")
_TEXTS = frozenset((NIF + "isString", NIF + "anchorOf", SCHEMA + "text"))
_ENTITY_CLASSES = (
    FOAF + "Person",
    ORG + "Organization",
    ORG + "Post",
    SCHEMA + "Place",
    SCHEMA + "Country",
    CQ + "State",
    CQ + "DescribedGroup",
    CQ + "Instrument",
)
# In the order of a reader's interest; subjects of other kinds come after these, spans of text last.
_SECTIONS = (
    *("doc", "statement", "attribution", "event", "demand", "quote", "view"),
    *("person", "office", "org", "state", "place", "group", "instrument", "time", "fact"),
)
# "org" and "time" are the prefixes of vocabularies already, so bodies and times of the graph get others.
_THING_PREFIXES = {"org": "body", "time": "when"}
_DOCUMENT = re.compile(r"/graph/[0-9a-f]{32}\Z")
_OFFSET = re.compile(r"(?<=[-=,])\d+")

Keep = Callable[[Quad], bool]


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of an export: the vocabularies' and one for each kind of thing (``event:``, ``body:``)."""
    things = {_THING_PREFIXES.get(name, name): f"{base}{name}/" for name in (*_SECTIONS, "graph")}
    return {**things, **PREFIXES}


def select(store: Store, profile: str, *, without_text: bool = False) -> Keep:
    """Return the test that says whether a quad belongs to the profile."""
    chosen, book = _PROFILES[profile](store), store.graph_name("manifest")

    def keep(quad: Quad) -> bool:
        return quad.graph_name != book and chosen(quad)

    if not without_text:
        return keep
    return lambda quad: quad.predicate.value not in _TEXTS and keep(quad)


def quads(store: Store, keep: Keep) -> Iterator[Quad]:
    """Yield the selected quads: documents' graphs by name, then the shared ones, each in reading order."""
    order = _Order(store.base)
    graphs = map(store.graph_name, store.graphs())
    named = sorted(graphs, key=lambda name: (not _DOCUMENT.search(name.value), name.value))
    names: list[DefaultGraph | NamedNode] = [DefaultGraph(), *named]
    for name in names:
        chosen = [
            quad for quad in map(as_declared, store.dataset.quads_for_pattern(None, None, None, name)) if keep(quad)
        ]
        yield from sorted(chosen, key=order)


def triples(store: Store, keep: Keep) -> Iterator[Triple]:
    """Yield the triples of the union of all graphs, each once, in reading order.

    Works subject by subject, so that memory grows with the number of subjects only.
    """
    order = _Order(store.base)
    subjects = {quad.subject for quad in store.dataset if keep(quad)}
    for subject in sorted(subjects, key=order.subject):
        found = map(as_declared, store.dataset.quads_for_pattern(subject, None, None, None))
        chosen = {quad.triple: quad for quad in found if keep(quad)}
        yield from (quad.triple for quad in sorted(chosen.values(), key=order))


class _Order:
    """Sort key of quads: subject by kind and place in the text, then type and label first, then by predicate."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._ranks = {name: rank for rank, name in enumerate(_SECTIONS)}
        self._known: dict[str, tuple[int, str, str]] = {}
        self._first = {_TYPE.value: 0, RDFS + "label": 1}

    def subject(self, node: object) -> tuple[int, str, str]:
        """Return the key of a subject: numbers in an IRI count as numbers, so that offsets run on."""
        iri = str(node)[1:-1]
        if iri not in self._known:
            kind = iri.removeprefix(self._base).partition("/")[0] if iri.startswith(self._base) else ""
            rank = len(_SECTIONS) + 1 if is_span(iri) else self._ranks.get(kind, len(_SECTIONS))
            self._known[iri] = (rank, _OFFSET.sub(lambda number: number[0].zfill(9), iri), iri)
        return self._known[iri]

    def __call__(self, quad: Quad) -> tuple[tuple[int, str, str], int, str, str]:
        """Return the key of a quad."""
        predicate = quad.predicate.value
        return self.subject(quad.subject), self._first.get(predicate, 2), predicate, str(quad.object)


def is_span(iri: str) -> bool:
    """Return whether an IRI names a span of text (RFC 5147 fragment)."""
    return "#char=" in iri


def _full(store: Store) -> Keep:
    return lambda quad: True


def _facts(store: Store) -> Keep:
    reified = {q.subject for q in store.dataset.quads_for_pattern(None, _TYPE, NamedNode(CQ + "Fact"), None)}
    run = store.graph_name("provenance")

    def keep(quad: Quad) -> bool:
        if quad.graph_name == run or quad.subject in reified:
            return False
        ends = (quad.subject, quad.object)
        return not any(isinstance(end, NamedNode) and is_span(end.value) for end in ends)

    return keep


def _entities(store: Store) -> Keep:
    shared = [store.graph_name(name) for name in ("links", "authority")]
    patterns = [store.dataset.quads_for_pattern(None, _TYPE, NamedNode(name), None) for name in _ENTITY_CLASSES]
    patterns += [store.dataset.quads_for_pattern(None, None, None, graph) for graph in shared]
    subjects = {quad.subject for pattern in patterns for quad in pattern}
    geometries = store.dataset.quads_for_pattern(None, NamedNode(GEO + "hasGeometry"), None, None)
    shapes = {quad.object for quad in geometries if quad.subject in subjects}
    return lambda quad: quad.subject in subjects or quad.subject in shapes


_PROFILES: dict[str, Callable[[Store], Keep]] = {"facts": _facts, "entities": _entities, "full": _full}
