"""What an RDF export holds (``--profile``, ``--without-text``, ``--since``, ``--where``), and in which order.

``full`` is everything. ``facts`` leaves out text spans with every edge to one, reified facts, the documents' texts
and the provenance of the run: what stays is statements, events, demands, quotations, characterizations and entities,
each event with its modality and the statement that reports it. ``entities`` keeps only persons, bodies, offices,
places, groups and instruments with their names, identifiers and links.

Terms are bytes here, in N-Triples' form, as :mod:`communique.export.blocks` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from communique.store import Store
from communique.vocab import CQ, FOAF, GEO, NIF, ORG, PREFIXES, RDF, SCHEMA

PROFILES = ("facts", "entities", "full")

_TYPE = NamedNode(RDF + "type")
_TEXTS = frozenset(f"<{iri}>".encode() for iri in (NIF + "isString", NIF + "anchorOf", SCHEMA + "text"))
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
_OFFSET = re.compile(rb"(?<=-)\d+")


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of an export: the vocabularies' and one for each kind of thing (``event:``, ``body:``)."""
    things = {_THING_PREFIXES.get(name, name): f"{base}{name}/" for name in (*_SECTIONS, "graph")}
    return {**things, **PREFIXES}


Subjects = Callable[[bytes], bool]
Blocks = dict[bytes, list[bytes]]


class Selection:
    """The part of a store that an export holds."""

    def __init__(
        self, store: Store, profile: str, *, without_text: bool = False, statements: Iterable[str] | None = None
    ) -> None:
        """Choose a profile and, of it, all statements or some by IRI, with all that belongs to them."""
        self._store = store
        self.absent = [store.graph_name(name) for name in ("manifest", "provenance")[: 1 + (profile == "facts")]]
        """The graphs that do not belong to it."""
        self.subject = _PROFILES[profile](store)
        """Whether a subject belongs to the profile."""
        self.triple = _triples(profile, without_text)
        """Whether a predicate and object belong to it; None where all do."""
        self.whole = statements is None
        self._chosen = frozenset(statements or ())
        self._statements = {f"<{iri}>".encode() for iri in self._chosen}
        self._seen: set[bytes] = set()
        self._canonical = False

    def graphs(self) -> Iterator[NamedNode | BlankNode | DefaultGraph]:
        """Yield the graphs: the default one, documents' by name, then the shared ones."""
        names = [name for name in self._store.dataset.named_graphs() if name not in self.absent]
        if not self.whole:  # of documents' graphs only those of chosen statements need be read
            pattern = self._store.dataset.quads_for_pattern
            stated = {quad.graph_name for iri in self._chosen for quad in pattern(NamedNode(iri), _TYPE, None, None)}
            names = [name for name in names if name in stated or not _DOCUMENT.search(name.value)]
        yield DefaultGraph()
        yield from sorted(names, key=lambda name: (not _DOCUMENT.search(name.value), name.value))

    def part(self, graph: NamedNode | BlankNode | DefaultGraph, blocks: Blocks) -> Blocks:
        """Return the blocks of a graph that belong to the chosen statements.

        Of a document's graph that is what can be reached from one of them without passing through another statement,
        and the facts about it; of a shared graph what can be reached from the entities met so far and their canonical
        nodes. Graphs come in the order of :meth:`graphs`.
        """
        shared = isinstance(graph, NamedNode) and not _DOCUMENT.search(graph.value)
        if shared:
            self._meet_canonical()
            begin, barred = self._seen.intersection(blocks), set[bytes]()
        else:
            stated = {subject for subject, items in blocks.items() if _A_STATEMENT in items}
            begin, barred = self._statements & stated, stated - self._statements
        kept = _reached(begin, blocks, barred)
        if begin:
            kept |= _reached(_about(kept | self._seen if shared else kept, blocks), blocks, barred)
        if not shared and kept:
            self._seen |= kept.union(*map(_resources, (blocks[subject] for subject in kept)))
            self._seen.add(str(graph).encode())
        return {subject: items for subject, items in blocks.items() if subject in kept}

    def _meet_canonical(self) -> None:
        if not self._canonical:
            self._canonical = True
            links = self._store.dataset.quads_for_pattern(None, NamedNode(CQ + "canonical"), None, None)
            self._seen |= {_bytes(quad.object) for quad in links if _bytes(quad.subject) in self._seen}


_A_STATEMENT = f"\x00<{RDF}type> <{CQ}Statement>".encode()
_SUBJECT = f"\x02<{RDF}subject> ".encode()


def _reached(begin: Iterable[bytes], blocks: Blocks, barred: set[bytes]) -> set[bytes]:
    """Return the subjects that can be reached from some of them, those included."""
    waiting, found = list(begin), set(begin)
    while waiting:
        for node in _resources(blocks[waiting.pop()]):
            if node in blocks and node not in found and node not in barred:
                found.add(node)
                waiting.append(node)
    return found


def _about(nodes: set[bytes], blocks: Blocks) -> list[bytes]:
    """Return the reified facts and links about some nodes."""
    marked = ((subject, item) for subject, items in blocks.items() for item in items if item.startswith(_SUBJECT))
    return [subject for subject, item in marked if item[len(_SUBJECT) :] in nodes]


def _resources(items: Iterable[bytes]) -> set[bytes]:
    """Return the objects that are no literals."""
    objects = (item.partition(b" ")[2] for item in items)
    return {node for node in objects if node[:1] != b'"'}


class Order:
    """Sort key of subjects: by kind, then by place in the text."""

    def __init__(self, base: str) -> None:
        self._base = f"<{base}".encode()
        self._last = len(_SECTIONS) + 1
        self._ranks = {name.encode(): rank for rank, name in enumerate(_SECTIONS)}

    def subject(self, node: bytes) -> tuple[int, bytes, bytes]:
        """Return the key of a subject: numbers in an IRI count as numbers, so that offsets run on."""
        if is_span(node):
            head, _, offsets = node[:-1].partition(b"=")
            return self._last, head + b"".join([offset.zfill(9) for offset in offsets.split(b",")]), node
        kind = node[len(self._base) :].partition(b"/")[0] if node.startswith(self._base) else b""
        return self._ranks.get(kind, self._last - 1), _OFFSET.sub(_padded, node), node


def _padded(number: re.Match[bytes]) -> bytes:
    return number[0].zfill(9)


def is_span(node: bytes) -> bool:
    """Return whether a node is a span of text (RFC 5147 fragment)."""
    return b"#char=" in node


def _triples(profile: str, without_text: bool) -> Callable[[bytes, bytes], bool] | None:
    absent = _TEXTS if without_text else frozenset[bytes]()
    if profile == "facts":
        return lambda predicate, node: predicate not in absent and not (node[:1] == b"<" and is_span(node))
    return (lambda predicate, node: predicate not in absent) if absent else None


def _bytes(node: object) -> bytes:
    return str(node).encode()


def _full(store: Store) -> Subjects:
    return lambda subject: True


def _facts(store: Store) -> Subjects:
    reified = store.dataset.quads_for_pattern(None, _TYPE, NamedNode(CQ + "Fact"), None)
    facts = {_bytes(quad.subject) for quad in reified}
    return lambda subject: not is_span(subject) and subject not in facts


def _entities(store: Store) -> Subjects:
    shared = [store.graph_name(name) for name in ("links", "authority")]
    patterns: list[Iterable[Quad]] = [
        store.dataset.quads_for_pattern(None, _TYPE, NamedNode(name), None) for name in _ENTITY_CLASSES
    ]
    patterns += [store.dataset.quads_for_pattern(None, None, None, graph) for graph in shared]
    subjects = {_bytes(quad.subject) for pattern in patterns for quad in pattern}
    geometries = store.dataset.quads_for_pattern(None, NamedNode(GEO + "hasGeometry"), None, None)
    subjects |= {_bytes(quad.object) for quad in geometries if _bytes(quad.subject) in subjects}
    return subjects.__contains__


_PROFILES: dict[str, Callable[[Store], Subjects]] = {"facts": _facts, "entities": _entities, "full": _full}
