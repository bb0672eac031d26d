"""The pairs that a person should look at: entities that may be one, but not surely enough to be joined.

:func:`communique.resolve.resolve` leaves them in the graph of links as ``cq:Candidate``; here they are read with what
a person needs to judge them: names, types, reasons, and the sentences that name each of the two.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from communique.resolve.decisions import Decisions
from communique.resolve.entities import CLASSES
from communique.store import Store, plain
from communique.vocab import CQ, DCTERMS, ITSRDF, NIF, RDF, RDFS, SKOS

CONTEXTS = 3
"""So many sentences are shown of each entity, of as many documents as there are."""
MEMBERS = 100
"""So many entities of a cluster are looked at for names and sentences; those of larger ones repeat themselves."""
_WIDTH = 280
"""Letters of a sentence that are shown to either side of the name."""
_BREAK = re.compile(r"\n\s*|(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z])")


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence that names an entity, and where it stands: ``begin`` and ``end`` are code points of the name."""

    sentence: str
    document: str
    begin: int
    end: int
    date: str
    title: str


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two entities of a pair: what it is called, how many documents name it, and some of their sentences."""

    iri: str
    label: str
    type: str
    names: tuple[str, ...]
    country: str
    documents: int
    contexts: tuple[Context, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two canonical nodes that may be one, how sure that is (0 to 1), and what speaks for and against it."""

    a: Party
    b: Party
    score: float
    reasons: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the pair as plain data for JSON."""
        return dataclasses.asdict(self)


def uncertain(store: Store, decisions: Decisions, limit: int = 20, type: str = "") -> list[Pair]:
    """Return the pairs that nobody has judged yet, the likeliest first, then by IRI.

    Args:
        store: the graph; its links may be older than the decisions.
        decisions: what was judged already, also as unsure; judged pairs are left out.
        limit: so many pairs at most; 0 for all.
        type: only pairs of this type (person, org, office, state, place, instrument).
    """
    pairs: list[Pair] = []
    for minus, a, b, reasons in sorted(_waiting(store, decisions)):
        if limit and len(pairs) == limit:
            break
        if not type or type_of(store, a) == type:
            pairs.append(Pair(party(store, a), party(store, b), -minus, reasons))
    return pairs


def remaining(store: Store, decisions: Decisions) -> int:
    """Return how many pairs nobody has judged yet."""
    return len(_waiting(store, decisions))


def _waiting(store: Store, decisions: Decisions) -> list[tuple[float, str, str, tuple[str, ...]]]:
    judged = {_pair(canonical_of(store, a), canonical_of(store, b)) for a, b in decisions.pairs()}
    split = set(decisions.splits())
    return [each for each in _candidates(store) if _pair(*each[1:3]) not in judged and not split & set(each[1:3])]


def _candidates(store: Store) -> Iterator[tuple[float, str, str, tuple[str, ...]]]:
    """Yield each candidate's negative score, two nodes and reasons."""
    links = store.graph_name("links")
    for quad in store.dataset.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(CQ + "Candidate"), links):
        said: dict[str, list[str]] = {}
        for each in store.dataset.quads_for_pattern(quad.subject, None, None, links):
            said.setdefault(each.predicate.value, []).append(plain(each.object))
        (a,), (b,), (score,) = said[RDF + "subject"], said[RDF + "object"], said[CQ + "score"]
        yield -float(score), a, b, tuple(sorted(said.get(CQ + "reason", [])))


def party(store: Store, iri: str, *, alone: bool = False) -> Party:
    """Return what a person needs to know of a canonical node to judge it, or of one entity ``alone``."""
    everyone = [iri] if alone else members_of(store, iri)
    members = [NamedNode(each) for each in everyone[:MEMBERS]]
    label = min(_values(store, members[0], RDFS + "label"), default=iri)
    names = {
        name for node in members for term in (RDFS + "label", SKOS + "altLabel") for name in _values(store, node, term)
    }
    spans = [span for node in members for span in _subjects(store, ITSRDF + "taIdentRef", node)]
    countries = {code for node in members for code in _values(store, node, CQ + "countryCode")}
    documents = {span.partition("#")[0] for span in spans}
    return Party(
        iri,
        label,
        type_of(store, iri),
        tuple(sorted(names - {label})),
        ", ".join(sorted(countries)),
        len(documents) + max(0, len(everyone) - MEMBERS),
        tuple(contexts(store, spans)),
    )


def contexts(store: Store, spans: list[str], most: int = CONTEXTS) -> Iterator[Context]:
    """Yield the sentences around the first span of each document, sorted by document."""
    first: dict[str, tuple[int, str]] = {}
    for span in spans:
        document, _, place = span.partition("#char=")
        begin = int(place.partition(",")[0])
        first[document] = min(first.get(document, (begin, span)), (begin, span))
    for document, (begin, span) in sorted(first.items())[:most]:
        end = int(span.rpartition(",")[2])
        whole = next(iter(_objects(store, NamedNode(span), NIF + "referenceContext")), "")
        text = next(iter(_values(store, NamedNode(whole), NIF + "isString")), "") if whole else ""
        node = NamedNode(document)
        date = next(iter(_values(store, node, DCTERMS + "issued")), "")
        title = next(iter(_values(store, node, DCTERMS + "title")), "")
        yield Context(sentence(text, begin, end), document, begin, end, date[:10], title)


def sentence(text: str, begin: int, end: int) -> str:
    """Return the sentence around a span, cut where it is long, white space folded."""
    before, after = text[max(0, begin - _WIDTH) : begin], text[end : end + _WIDTH]
    breaks = [found.end() for found in _BREAK.finditer(before)]
    stop = _BREAK.search(text, end, end + _WIDTH)
    head = before[breaks[-1] :] if breaks else ("… " if begin > _WIDTH else "") + before
    tail = text[end : stop.start()] if stop else after + (" …" if end + _WIDTH < len(text) else "")
    return " ".join(f"{head}{text[begin:end]}{tail}".split())


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)


def canonical_of(store: Store, iri: str) -> str:
    """Return the node that stands for an entity; the entity itself where nothing links it."""
    return next(iter(_objects(store, NamedNode(iri), CQ + "canonical")), iri)


def members_of(store: Store, node: str) -> list[str]:
    """Return the entities that a canonical node stands for, itself first, then by IRI."""
    found = {node, *_subjects(store, CQ + "canonical", NamedNode(node))}
    return sorted(found, key=lambda iri: (iri != node, iri))


def type_of(store: Store, iri: str) -> str:
    """Return the type of an entity (person, org, office, state, place, instrument, group), nothing for other things."""
    types = set(_objects(store, NamedNode(iri), RDF + "type"))
    return next((kind for kind, cls in CLASSES if cls in types), "")


def _objects(store: Store, node: NamedNode, predicate: str) -> list[str]:
    found = store.dataset.quads_for_pattern(node, NamedNode(predicate), None)
    return sorted({quad.object.value for quad in found if isinstance(quad.object, NamedNode)})


def _values(store: Store, node: NamedNode, predicate: str) -> list[str]:
    found = store.dataset.quads_for_pattern(node, NamedNode(predicate), None)
    return sorted({quad.object.value for quad in found if isinstance(quad.object, Literal)})


def _subjects(store: Store, predicate: str, node: NamedNode) -> list[str]:
    found = store.dataset.quads_for_pattern(None, NamedNode(predicate), node)
    return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})
