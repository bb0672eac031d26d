"""What a graph says of one document, each thing with the confidence that the graph gives it.

Reads any graph that keeps to ``docs/model.md``, whoever wrote it: what it looks at are terms of the model, never the
form of an IRI, save for kinds, event types, modalities and times, whose IRIs are the model's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Triple

from communique.evaluate.annotations import Names
from communique.model import Span
from communique.store import Store, plain
from communique.vocab import CQ, DCTERMS, ETYPE, KIND, NIF, OWL, RDF, RDFS, SCHEMA, SEM, SKOS

_Term = NamedNode | BlankNode | pyoxigraph.Literal | Triple

_NAMES = (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", SCHEMA + "name")
_PLACES = frozenset(SCHEMA + name for name in ("Place", "Country", "City", "AdministrativeArea", "Landform"))
_COUNTRY = (CQ + "countryCode", SCHEMA + "addressCountry")
_GEONAMES = re.compile(r"https?://(?:sws|www)\.geonames\.org/(\d+)")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that the graph says, by all the names it has there; a value has one.

    ``confidence`` is that of the edge that leads to it, ``None`` where the graph gives none.
    """

    names: Names
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place with its country codes, and the numbers of the GeoNames entries that it leads to."""

    names: Names
    countries: Names
    geonames: Names
    confidence: float | None


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event; ``spans`` are its triggers, ``date`` the beginning of its first time."""

    spans: tuple[Span, ...]
    types: Names
    modality: str
    agents: tuple[Named, ...]
    patients: tuple[Named, ...]
    places: tuple[Named, ...]
    date: Named | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class FoundDemand:
    """A demand and whom it is addressed to."""

    text: str
    addressees: tuple[Named, ...]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quotation; ``speaker`` has the names of all its speakers, and is ``None`` where they are left out as unsure."""

    text: str
    speaker: Named | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """Everything that a graph says of one document; empty for a document that the graph does not have."""

    titles: tuple[Named, ...] = ()
    publishers: tuple[Named, ...] = ()
    published: tuple[Named, ...] = ()
    issuers: tuple[Named, ...] = ()
    offices: tuple[Named, ...] = ()
    bodies: tuple[Named, ...] = ()
    kinds: tuple[Named, ...] = ()
    recipients: tuple[Named, ...] = ()
    places: tuple[FoundPlace, ...] = ()
    cites: tuple[Named, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    demands: tuple[FoundDemand, ...] = ()
    quotes: tuple[FoundQuote, ...] = ()


class GraphReader:
    """Reads documents out of a store, in which all graphs are taken together.

    What the graph gives less confidence than ``least`` is left out; what it gives none stays.
    """

    def __init__(self, store: Store, least: float = 0.0) -> None:
        self._dataset, self._least = store.dataset, least
        self._documents = {
            plain(quad.object): quad.subject
            for quad in self._dataset.quads_for_pattern(None, NamedNode(CQ + "sha256"), None)
        }
        self._facts: dict[_Term, dict[tuple[str, _Term], float]] = {}

    def document(self, sha256: str) -> FoundDocument | None:
        """Return what the graph says of the document with this hash; ``None`` where it has none."""
        document = self._documents.get(sha256)
        if document is None:
            return None
        self._facts.clear()  # a document's facts are its own: none is asked for twice
        statements = self._subjects(CQ + "reportedIn", document)
        return FoundDocument(
            titles=_values(map(plain, self._objects(document, DCTERMS + "title"))),
            publishers=self._named([document], DCTERMS + "publisher"),
            published=_values(plain(term)[:10] for term in self._objects(document, DCTERMS + "issued")),
            issuers=self._named(statements, CQ + "issuer"),
            offices=self._named(statements, CQ + "capacity"),
            bodies=self._named(statements, CQ + "onBehalfOf"),
            kinds=tuple(
                Named((plain(kind).removeprefix(KIND),), sure) for kind, sure in self._edges(statements, CQ + "kind")
            ),
            recipients=self._named(statements, CQ + "recipient"),
            places=tuple(
                FoundPlace(self._names(place), self._strings(place, *_COUNTRY), self._geonames(place), sure)
                for place, sure in self._edges(statements, CQ + "mentions")
                if self._is_place(place)
            ),
            cites=self._named(statements, CQ + "cites"),
            events=tuple(self._event(event, sure) for event, sure in self._things(statements, CQ + "reports")),
            demands=tuple(
                FoundDemand(self._text(demand, CQ + "action"), self._named([demand], CQ + "addressee"), sure)
                for demand, sure in self._things(statements, CQ + "demands")
            ),
            quotes=tuple(
                FoundQuote(self._text(quote, SCHEMA + "text"), self._speaker(quote), sure)
                for quote, sure in self._things(statements, CQ + "quotation")
            ),
        )

    # -- parts --------------------------------------------------------------------------------------------------

    def _event(self, event: _Term, sure: float | None) -> FoundEvent:
        modalities = self._strings(event, CQ + "modality")
        spans = map(self._span, self._objects(event, CQ + "trigger"))
        return FoundEvent(
            spans=tuple(span for span in spans if span is not None),
            types=tuple(name.removeprefix(ETYPE) for name in self._strings(event, SEM + "eventType")),
            modality=modalities[0].removeprefix(CQ) if modalities else "",
            agents=self._named([event], CQ + "agent"),
            patients=self._named([event], CQ + "patient"),
            places=self._named([event], SEM + "hasPlace"),
            date=self._date(event),
            confidence=sure,
        )

    def _date(self, event: _Term) -> Named | None:
        """Return the first date that the event's times give, by their own IRI, their label, or what is said of them."""
        for time, sure in self._edges([event], SEM + "hasTime"):
            labels = self._objects(time, RDFS + "label")
            for term in [time, *labels, *self._objects(time, None)]:
                if found := _date_in(term):
                    return Named((found,), sure)
        stamps = (_date_in(stamp) for stamp in self._objects(event, SEM + "hasTimeStamp"))
        return next((Named((stamp,)) for stamp in stamps if stamp), None)

    def _speaker(self, quote: _Term) -> Named | None:
        """Return the speakers as one thing: it is enough that one of them is the right one."""
        kept = self._edges([quote], CQ + "speaker")
        if not kept and self._objects(quote, CQ + "speaker"):
            return None
        names = tuple(name for speaker, _ in kept for name in self._names(speaker))
        return Named(names, max((sure for _, sure in kept if sure is not None), default=None))

    def _span(self, node: _Term) -> Span | None:
        begin, end = self._text(node, NIF + "beginIndex"), self._text(node, NIF + "endIndex")
        return Span(int(begin), int(end)) if begin.isdecimal() and end.isdecimal() else None

    def _is_place(self, node: _Term) -> bool:
        return not _PLACES.isdisjoint(self._strings(node, RDF + "type"))

    def _geonames(self, node: _Term) -> Names:
        found = map(_GEONAMES.match, self._strings(node, OWL + "sameAs"))
        return tuple(match[1] for match in found if match)

    def _names(self, node: _Term) -> Names:
        if not isinstance(node, NamedNode):
            return (plain(node),)
        return self._strings(node, *_NAMES)

    # -- edges and their confidence -----------------------------------------------------------------------------

    def _named(self, subjects: Iterable[_Term], predicate: str) -> tuple[Named, ...]:
        return tuple(Named(self._names(node), sure) for node, sure in self._edges(subjects, predicate))

    def _edges(self, subjects: Iterable[_Term], predicate: str) -> list[tuple[_Term, float | None]]:
        """Return what edges lead to, each once, with the best confidence of the facts that stand behind them."""
        found: dict[_Term, float | None] = {}
        for subject in subjects:
            facts = self._facts_of(subject)
            for node in self._objects(subject, predicate):
                found[node] = _best(found.get(node), facts.get((predicate, node)))
        return self._sure(found)

    def _things(self, statements: Iterable[_Term], predicate: str) -> list[tuple[_Term, float | None]]:
        """Return the events, demands or quotations of statements with the confidence that each has itself."""
        nodes = dict.fromkeys(node for statement in statements for node in self._objects(statement, predicate))
        return self._sure({node: self._confidence(node) for node in nodes})

    def _sure(self, found: dict[_Term, float | None]) -> list[tuple[_Term, float | None]]:
        return [(node, sure) for node, sure in found.items() if sure is None or sure >= self._least]

    def _facts_of(self, subject: _Term) -> dict[tuple[str, _Term], float]:
        """Return the confidence of each edge of a subject, by predicate and object."""
        if subject not in self._facts:
            facts: dict[tuple[str, _Term], float] = {}
            for fact in self._subjects(RDF + "subject", subject):
                sure = self._confidence(fact)
                for predicate in self._strings(fact, RDF + "predicate"):
                    for node in self._objects(fact, RDF + "object"):
                        best = _best(facts.get((predicate, node)), sure)
                        if best is not None:
                            facts[predicate, node] = best
            self._facts[subject] = facts
        return self._facts[subject]

    def _confidence(self, node: _Term) -> float | None:
        try:
            return float(self._text(node, CQ + "confidence"))
        except ValueError:
            return None

    # -- triples ------------------------------------------------------------------------------------------------

    def _objects(self, subject: _Term, predicate: str | None) -> list[_Term]:
        if isinstance(subject, pyoxigraph.Literal):
            return []
        wanted = NamedNode(predicate) if predicate else None
        return sorted({quad.object for quad in self._dataset.quads_for_pattern(subject, wanted, None)}, key=str)

    def _subjects(self, predicate: str, node: _Term) -> list[_Term]:
        found = self._dataset.quads_for_pattern(None, NamedNode(predicate), node)
        return sorted({quad.subject for quad in found}, key=str)

    def _strings(self, subject: _Term, *predicates: str) -> Names:
        found = (plain(node) for predicate in predicates for node in self._objects(subject, predicate))
        return tuple(dict.fromkeys(found))

    def _text(self, subject: _Term, predicate: str) -> str:
        return next(iter(self._strings(subject, predicate)), "")


def _values(texts: Iterable[str]) -> tuple[Named, ...]:
    return tuple(Named((text,)) for text in texts)


def _best(one: float | None, other: float | None) -> float | None:
    return max((sure for sure in (one, other) if sure is not None), default=None)


def _date_in(term: _Term) -> str:
    match = _DATE.search(plain(term).rsplit("/", 1)[-1])
    return match[0] if match else ""
