"""Holds what the graph says of a document against its annotation: one to one, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from communique.evaluate.annotations import AnnotatedEvent, AnnotatedQuote, Annotation, Names
from communique.evaluate.found import FoundDocument, FoundEvent, FoundQuote, Named
from communique.evaluate.likeness import best_likeness, overlap, pair, tokens
from communique.model import Span

FIELDS = (
    *("title", "publisher", "published", "issuer", "issuer_office", "issuer_body", "kind", "recipient"),
    *("place", "place_country", "event", "event_type", "event_modality", "event_agent", "event_patient"),
    *("event_place", "event_date", "demand", "demand_addressee", "quote", "quote_speaker", "cite"),
)
"""What is measured, in the order of reports."""

# The least score of a pair: anything above nothing for names, so much of the words for wordings, touching for events.
_ANY = 1e-9
_DEMAND = 0.5
_QUOTE = 0.8
_TOUCHING = 1.0
_SAME_TYPE = 0.1  # of two events that touch, the one of the right type goes first

_SHOWN = 3  # names of a thing that a mistake shows


class _Sure(Protocol):
    @property
    def confidence(self) -> float | None: ...


_Gold = TypeVar("_Gold")
_Found = TypeVar("_Found", bound=_Sure)
_Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many were right, found, and annotated."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.found + other.found, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What the graph misses (``missed``), has too much (``wrong``), or has otherwise (``differs``).

    ``about`` says of what (an event's trigger, a place, a quotation) where it is a property of something.
    """

    field: str
    file: str
    what: str
    gold: str = ""
    found: str = ""
    about: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """One thing that the graph says with a confidence, and whether it is right."""

    field: str
    confidence: float
    right: bool


@dataclass(slots=True)
class Comparison:
    """One document's annotation against the graph; ``present`` is whether the graph has the document."""

    file: str
    present: bool
    counts: dict[str, Count] = field(default_factory=lambda: dict.fromkeys(FIELDS, Count()))
    mistakes: list[Mistake] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)


def compare(annotation: Annotation, found: FoundDocument | None, text: str) -> Comparison:
    """Return how a document's graph compares with its annotation; a document that is not there is missed whole.

    Args:
        annotation: what a person says that the document says.
        found: what the graph says of it, or ``None``.
        text: the text of the document, in which events are placed.
    """
    comparer = _Comparer(Comparison(annotation.file, found is not None))
    said = found or FoundDocument()
    comparer.document(annotation, said)
    comparer.statement(annotation, said)
    comparer.events(annotation.events, said.events, text)
    comparer.demands(annotation, said)
    comparer.quotes(annotation.quotes, said.quotes)
    return comparer.result


class _Comparer:
    """Compares the fields of one document and keeps count."""

    def __init__(self, result: Comparison) -> None:
        self.result = result

    # -- fields -------------------------------------------------------------------------------------------------

    def document(self, gold: Annotation, said: FoundDocument) -> None:
        self.named("title", _single(gold.title), said.titles, _same_words)
        self.named("publisher", [gold.publisher] if gold.publisher else [], said.publishers)
        self.named("published", _single(gold.published), said.published, _equal)

    def statement(self, gold: Annotation, said: FoundDocument) -> None:
        self.named("issuer", [(*each.names, *each.body) for each in gold.issuers], said.issuers)
        self.named("issuer_office", [each.office for each in gold.issuers if each.office], said.offices)
        self.named("issuer_body", [each.body for each in gold.issuers if each.body], said.bodies)
        self.named("kind", [(kind,) for kind in gold.kinds], said.kinds, _equal)
        self.named("recipient", gold.recipients, said.recipients)
        self.named("cite", gold.cites, said.cites)
        found = [Named(place.names, place.confidence) for place in said.places]
        pairs = self.named("place", [place.names for place in gold.places], found)
        for i, j in pairs:
            place, countries = gold.places[i], said.places[j].countries
            right = place.country in (countries or ("",))
            self.property("place_country", right, place.names, place.country or "none", ", ".join(countries) or "none")

    def events(self, gold: Sequence[AnnotatedEvent], found: Sequence[FoundEvent], text: str) -> None:
        spans = [event.spans(text) for event in gold]

        def score(i: int, event: FoundEvent) -> float:
            if not _touch(spans[i], event.spans):
                return 0.0
            return _TOUCHING + _SAME_TYPE * (gold[i].type in event.types)

        def shown(i: int) -> str:
            (sentence, trigger), *_ = gold[i].mentions
            return f"{gold[i].type} {trigger!r} in {_short(sentence)!r}"

        pairs = self.match(
            "event",
            range(len(gold)),
            found,
            score,
            _TOUCHING,
            shown,
            lambda event: f"{', '.join(event.types)} {', '.join(repr(span.of(text)) for span in event.spans)}",
        )
        for i, j in pairs:
            self.event(gold[i], found[j])

    def event(self, gold: AnnotatedEvent, found: FoundEvent) -> None:
        about = repr(gold.mentions[0][1])
        self.property("event_type", gold.type in found.types, (about,), gold.type, ", ".join(found.types) or "none")
        # To take a denial or a plan for a fact is what counts: a plain assertion is nothing to find.
        modality = [Named(each) for each in _single(found.modality) if each != ("asserted",)]
        self.named(
            "event_modality",
            [each for each in _single(gold.modality) if each != ("asserted",)],
            modality,
            _equal,
            about,
        )
        self.named("event_agent", gold.agents, found.agents, about=about)
        self.named("event_patient", gold.patients, found.patients, about=about)
        self.named("event_place", gold.places, found.places, about=about)
        self.named("event_date", _single(gold.date), [found.date] if found.date else [], _equal, about)

    def demands(self, gold: Annotation, said: FoundDocument) -> None:
        pairs = self.match(
            "demand",
            gold.demands,
            said.demands,
            lambda one, other: overlap(one.text, other.text),
            _DEMAND,
            lambda demand: repr(demand.text),
            lambda demand: repr(demand.text),
        )
        for i, j in pairs:
            about = repr(_short(gold.demands[i].text))
            self.named("demand_addressee", gold.demands[i].addressees, said.demands[j].addressees, about=about)

    def quotes(self, gold: Sequence[AnnotatedQuote], found: Sequence[FoundQuote]) -> None:
        pairs = self.match(
            "quote",
            gold,
            found,
            lambda one, other: overlap(one.text, other.text),
            _QUOTE,
            lambda quote: repr(quote.text),
            lambda quote: repr(quote.text),
        )
        for i, j in pairs:
            quote, speaker = gold[i], found[j].speaker
            about = (repr(_short(quote.text)),)
            if speaker is None:
                self.count("quote_speaker", Count(0, 0, 1))
                self.mistake("quote_speaker", "missed", gold=_names(quote.speaker), about=about[0])
                continue
            right = best_likeness(quote.speaker, speaker.names) > 0
            self.property("quote_speaker", right, about, _names(quote.speaker), _names(speaker.names) or "none")
            self.grade("quote_speaker", speaker, right)

    # -- counting -----------------------------------------------------------------------------------------------

    def named(
        self,
        name: str,
        gold: Sequence[Names],
        found: Sequence[Named],
        alike: Callable[[Names, Names], float] = best_likeness,
        about: str = "",
    ) -> _Pairs:
        """Match two lists of names; ``alike`` says how much two are one thing, 0 for not at all."""
        return self.match(
            name,
            gold,
            found,
            lambda one, other: alike(one, other.names),
            _ANY,
            _names,
            lambda other: _names(other.names),
            about,
        )

    def match(
        self,
        name: str,
        gold: Sequence[_Gold],
        found: Sequence[_Found],
        score: Callable[[_Gold, _Found], float],
        least: float,
        show_gold: Callable[[_Gold], str],
        show_found: Callable[[_Found], str],
        about: str = "",
    ) -> _Pairs:
        """Match what is annotated with what was found; count, grade and note what has no partner."""
        pairs = pair(gold, found, score, least)
        self.count(name, Count(len(pairs), len(found), len(gold)))
        there, right = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, one in enumerate(gold):
            if i not in there:
                self.mistake(name, "missed", gold=show_gold(one), about=about)
        for j, other in enumerate(found):
            self.grade(name, other, j in right)
            if j not in right:
                self.mistake(name, "wrong", found=show_found(other), about=about, confidence=other.confidence)
        return pairs

    def property(self, name: str, right: bool, about: Names, gold: str, found: str) -> None:
        """Count a property of something that was found: right or not."""
        self.count(name, Count(int(right), 1, 1))
        if not right:
            self.mistake(name, "differs", gold=gold, found=found, about=_names(about))

    def count(self, name: str, count: Count) -> None:
        self.result.counts[name] += count

    def grade(self, name: str, found: _Sure, right: bool) -> None:
        if found.confidence is not None:
            self.result.grades.append(Grade(name, found.confidence, right))

    def mistake(
        self, name: str, what: str, gold: str = "", found: str = "", about: str = "", confidence: float | None = None
    ) -> None:
        self.result.mistakes.append(Mistake(name, self.result.file, what, gold, found, about, confidence))


def _single(value: str) -> list[Names]:
    return [(value,)] if value else []


def _equal(one: Names, other: Names) -> float:
    return float(one == other)


def _same_words(one: Names, other: Names) -> float:
    return float(tokens(one[0]) == tokens(other[0]))


def _touch(spans: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def _names(names: Names) -> str:
    more = ", ..." if len(names) > _SHOWN else ""
    return ", ".join(" ".join(name.split()) for name in names[:_SHOWN]) + more


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80].rstrip() + "..."
