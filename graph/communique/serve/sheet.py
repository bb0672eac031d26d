"""One document's graph in memory: its text, its spans, and what stands in it about each thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from communique.store import Store
from communique.vocab import CQ, NIF, RDF

_SPAN = re.compile(r"#char=(\d+),(\d+)\Z")


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A stretch of a document's text, in code points."""

    begin: int
    end: int

    def within(self, other: Range) -> bool:
        """Return whether it lies inside another."""
        return other.begin <= self.begin and self.end <= other.end

    def as_dict(self) -> dict[str, int]:
        """Return it for JSON."""
        return {"begin": self.begin, "end": self.end}


def range_of(iri: str) -> Range | None:
    """Return the stretch that a span's IRI names."""
    found = _SPAN.search(iri)
    return Range(int(found[1]), int(found[2])) if found else None


def ranges(iris: Iterable[str]) -> list[Range]:
    """Return the stretches of spans, in the order of the text."""
    return sorted({found for found in map(range_of, iris) if found})


class Sheet:
    """What a document's graph says, by subject and predicate: read whole, or each subject when it is asked for."""

    def __init__(self, store: Store, document: str, *, whole: bool = False) -> None:
        """Look at the graph of a document; nothing stands in it if there is none."""
        self.iri = document
        self._store = store
        self._graph = store.graph_name(document.rpartition("/")[2])
        self._said: dict[str, dict[str, list[str]]] = {}
        self._whole = whole
        if whole:
            self._read(None)

    def _read(self, subject: str | None) -> None:
        node = NamedNode(subject) if subject else None
        touched: dict[str, dict[str, list[str]]] = {subject: {}} if subject else {}
        for quad in self._store.dataset.quads_for_pattern(node, None, None, self._graph):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                said = touched.setdefault(quad.subject.value, {})
                said.setdefault(quad.predicate.value, []).append(quad.object.value)
        for said in touched.values():
            for values in said.values():
                values.sort()
        self._said |= touched

    def about(self, subject: str) -> dict[str, list[str]]:
        """Return what the graph says of something."""
        if subject not in self._said and not self._whole:
            self._read(subject)
        return self._said.get(subject, {})

    def __bool__(self) -> bool:
        """Return whether there is such a document."""
        return bool(self.about(self.iri))

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property, sorted."""
        return self.about(subject).get(predicate, [])

    def value(self, subject: str, predicate: str) -> str:
        """Return the first value of a property, or nothing."""
        return next(iter(self.values(subject, predicate)), "")

    def links(self, predicate: str) -> list[tuple[str, str]]:
        """Return the ends of all edges with a predicate, sorted."""
        if self._whole:
            return sorted((node, each) for node, said in self._said.items() for each in said.get(predicate, ()))
        found = self._store.dataset.quads_for_pattern(None, NamedNode(predicate), None, self._graph)
        return sorted(
            (quad.subject.value, quad.object.value)
            for quad in found
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
        )

    def instances(self, kind: str) -> list[str]:
        """Return what is of a class, by where it stands in the text."""
        return sorted((node for node, name in self.links(RDF + "type") if name == kind), key=_standing)

    @cached_property
    def text(self) -> str:
        """The text of the document."""
        return next((text for _, text in self.links(NIF + "isString")), "")

    def evidence(self, node: str) -> list[Range]:
        """Return the stretches that a fact, an event or a statement rests on, none inside another."""
        return outermost(ranges(self.values(node, CQ + "evidence")))

    def confidence(self, node: str) -> float | None:
        """Return the confidence of a fact or event."""
        value = self.value(node, CQ + "confidence")
        return float(value) if value else None


def outermost(found: Iterable[Range]) -> list[Range]:
    """Return the stretches that lie in no other one, in the order of the text."""
    known = sorted(set(found))
    return [each for each in known if not any(each != other and each.within(other) for other in known)]


def _standing(iri: str) -> tuple[int, int, str]:
    found = re.search(r"-(\d+)-(\d+)\Z", iri)
    return (int(found[1]), int(found[2]), iri) if found else (0, 0, iri)
