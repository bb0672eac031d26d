"""The statements of the graph with what each says, as plain records: what tables and pages are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from communique.store import Store
from communique.vocab import CQ, DCTERMS, NIF, RDF, RDFS, SCHEMA, SEM


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document; ``marks`` are the places in them that carry a fact (``cue``) or name its end (``name``)."""

    text: str
    marks: frozenset[tuple[int, int, str]] = frozenset()


def merged(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return each passage once, with all marks that it has anywhere."""
    found: dict[str, frozenset[tuple[int, int, str]]] = {}
    for each in passages:
        found[each.text] = found.get(each.text, frozenset()) | each.marks
    return tuple(Passage(text, marks) for text, marks in found.items())


@dataclass(frozen=True, slots=True)
class Detail:
    """An event, demand, quotation or characterization: what it is in words, who it concerns, the words it rests on.

    ``date`` is the first day that an event may have begun, or nothing.
    """

    iri: str
    label: str
    notes: tuple[str, ...] = ()
    words: tuple[Passage, ...] = ()
    date: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; names are the labels of canonical entities, ``source`` is each place where it was found."""

    iri: str
    label: str
    date: str
    issuers: tuple[str, ...]
    offices: tuple[str, ...]
    bodies: tuple[str, ...]
    recipients: tuple[str, ...]
    kinds: tuple[str, ...]
    title: str
    sources: tuple[str, ...]
    words: tuple[Passage, ...]
    events: tuple[Detail, ...]
    demands: tuple[Detail, ...]
    quotations: tuple[Detail, ...]
    characterizations: tuple[Detail, ...]


def read_statements(
    store: Store, *, without_text: bool = False, only: Collection[str] | None = None
) -> list[Statement]:
    """Return statements by day and IRI: all, or those of some IRIs.

    ``without_text`` leaves out quotations and the words behind each fact.
    """
    reader = _Reader(store, without_text)
    chosen = (iri for iri in reader.subjects(CQ + "Statement") if only is None or iri in only)
    return sorted(map(reader.statement, chosen), key=lambda s: (s.date or "9", s.iri))


class Evidence:
    """The words behind the edges of a network, from the reified facts of the graph."""

    def __init__(self, store: Store) -> None:
        reader = _Reader(store, without_text=False)
        self._facts: dict[tuple[str, str], list[Passage]] = {}
        for fact in reader.subjects(CQ + "Fact"):
            for subject, target in zip(*reader.ends(fact), strict=True):
                self._facts.setdefault((subject, target), []).extend(reader.words(fact))

    def words(self, statement: Statement, events: Sequence[str], ends: Sequence[str]) -> tuple[Passage, ...]:
        """Return the words that a statement gives for an edge between two nodes, by way of these events or of none.

        Where no fact joins them, the words of the events, or else of the statement, stand for the edge.
        """
        reported = [event for event in statement.events if event.iri in events]
        subjects = [each.iri for each in reported] or [statement.iri, *(demand.iri for demand in statement.demands)]
        found = [words for subject in subjects for end in ends for words in self._facts.get((subject, end), ())]
        fallback = [words for event in reported for words in event.words] or statement.words
        return merged(found or fallback)


class _Reader:
    def __init__(self, store: Store, without_text: bool) -> None:
        self._dataset = store.dataset
        self._without_text = without_text
        self._labels: dict[str, str] = {}

    def subjects(self, kind: str) -> list[str]:
        """Return all things of a class, sorted."""
        found = self._dataset.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(kind), None)
        return sorted({str(quad.subject)[1:-1] for quad in found})

    def statement(self, iri: str) -> Statement:
        """Return one statement."""
        documents = self._values(iri, CQ + "reportedIn")
        titles = [title for document in documents for title in self._values(document, DCTERMS + "title")]
        return Statement(
            iri=iri,
            label=self._label(iri),
            date=next(iter(self._values(iri, DCTERMS + "issued")), "")[:10],
            issuers=self._names(iri, CQ + "issuer"),
            offices=self._names(iri, CQ + "capacity"),
            bodies=self._names(iri, CQ + "onBehalfOf"),
            recipients=self._names(iri, CQ + "recipient"),
            kinds=tuple(sorted(_local(kind) for kind in self._values(iri, CQ + "kind"))),
            title=next(iter(titles), ""),
            sources=tuple(value for document in documents for value in self._values(document, DCTERMS + "source")),
            words=self.words(iri),
            events=tuple(map(self._event, self._values(iri, CQ + "reports"))),
            demands=tuple(map(self._demand, self._values(iri, CQ + "demands"))),
            quotations=() if self._without_text else tuple(map(self._quotation, self._values(iri, CQ + "quotation"))),
            characterizations=tuple(map(self._characterization, self._values(iri, CQ + "characterization"))),
        )

    def _event(self, iri: str) -> Detail:
        kinds = ", ".join(map(_local, self._values(iri, SEM + "eventType")))
        modality = ", ".join(map(_local, self._values(iri, CQ + "modality")))
        notes = [f"{kinds}, {modality} in the statement"]
        for word, predicate in (("agent", CQ + "agent"), ("patient", CQ + "patient"), ("in", SEM + "hasPlace")):
            notes += [f"{word} {name}" for name in self._names(iri, predicate)]
        day = next(iter(self._values(iri, SEM + "hasEarliestBeginTimeStamp")), "")[:10]
        return Detail(iri, self._label(iri), (*notes, *self._names(iri, SEM + "hasTime")), self.words(iri), day)

    def _demand(self, iri: str) -> Detail:
        action = next(iter(self._values(iri, CQ + "action")), self._label(iri))
        return Detail(iri, action, tuple(f"of {name}" for name in self._names(iri, CQ + "addressee")), self.words(iri))

    def _quotation(self, iri: str) -> Detail:
        text = next(iter(self._values(iri, SCHEMA + "text")), self._label(iri))
        return Detail(iri, text, self._names(iri, CQ + "speaker"))

    def _characterization(self, iri: str) -> Detail:
        phrase = next(iter(self._values(iri, CQ + "characterizedAs")), self._label(iri))
        events = tuple(self._label(event) for event in self._values(iri, CQ + "characterizes"))
        return Detail(iri, phrase, events, self.words(iri))

    def _names(self, iri: str, predicate: str) -> tuple[str, ...]:
        """Return the labels of the canonical entities that a property leads to, sorted, each once."""
        found = {self._canonical(entity) for entity in self._values(iri, predicate)}
        return tuple(sorted({self._label(entity) for entity in found}))

    def _canonical(self, entity: str) -> str:
        return next(iter(self._values(entity, CQ + "canonical")), entity)

    def ends(self, fact: str) -> tuple[list[str], list[str]]:
        """Return the subject of a reified fact and the canonical entity that is its object."""
        return self._values(fact, RDF + "subject"), [self._canonical(o) for o in self._values(fact, RDF + "object")]

    def words(self, iri: str) -> tuple[Passage, ...]:
        """Return the words that something rests on, those that carry it and the names in it marked."""
        if self._without_text:
            return ()
        bearers = (iri, *self._values(iri, RDF + "subject"))  # of a fact about an event, the event's own words too
        marks = [
            (*place, role)
            for predicate, role in (("cue", "cue"), ("trigger", "cue"), ("mention", "name"))
            for bearer in bearers
            for place in map(_place, self._values(bearer, CQ + predicate))
        ]
        return tuple(
            Passage(text, frozenset(_within(marks, *_place(span))))
            for span in self._values(iri, CQ + "evidence")
            for text in self._values(span, NIF + "anchorOf")
        )

    def _label(self, iri: str) -> str:
        if iri not in self._labels:
            self._labels[iri] = next(iter(self._values(iri, RDFS + "label")), _local(iri))
        return self._labels[iri]

    def _values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property, English ones first, then by value; each once."""
        found = self._dataset.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
        terms = {quad.object for quad in found}
        return list(dict.fromkeys(_value(term) for term in sorted(terms, key=lambda term: (_foreign(term), str(term)))))


def _place(span: str) -> tuple[int, int]:
    """Return where a span begins and ends in its document (RFC 5147 fragment)."""
    begin, _, end = span.rpartition("=")[2].partition(",")
    return int(begin), int(end)


def _within(marks: Iterable[tuple[int, int, str]], begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the marks that lie in a stretch of a document, counted from its begin."""
    return ((at - begin, to - begin, role) for at, to, role in marks if begin <= at and to <= end)


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _foreign(term: object) -> bool:
    return isinstance(term, Literal) and term.language not in (None, "en")


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
