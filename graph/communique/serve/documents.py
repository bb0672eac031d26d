"""A document for reading: its text, every span that something rests on, and the facts beside it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pyoxigraph import NamedNode

from communique import ask
from communique.errors import UsageError
from communique.serve.index import Index
from communique.serve.reading import CLASSES
from communique.serve.sheet import Range, Sheet, range_of, ranges
from communique.store import Store
from communique.vocab import CQ, DCTERMS, ITSRDF, RDF, RDFS, SEM

_KINDS = {
    CQ + "issuer": "issuer",
    CQ + "recipient": "recipient",
    CQ + "addressee": "recipient",
    SEM + "hasPlace": "place",
    SEM + "hasTime": "time",
}
_THINGS = (
    (CQ + "ReportedEvent", "event"),
    (CQ + "Demand", "demand"),
    (CQ + "Quotation", "quotation"),
    (CQ + "Characterization", "characterization"),
)
_TYPES = dict(CLASSES)


def document(store: Store, index: Index, iri: str, flagged: Collection[str] = ()) -> dict[str, Any]:
    """Return a document with its spans and facts; a statement, an event or a span means the document it stands in.

    Raises:
        UsageError: there is no such document.
    """
    sheet = Sheet(store, document_of(store.base, iri), whole=True)
    if not sheet:
        raise UsageError("there is no such document", where=iri[:200], remedy="take an IRI from a list of statements")
    return _Page(store, index, sheet, flagged).as_dict()


def document_of(base: str, iri: str) -> str:
    """Return the IRI of the document that something local to a document stands in."""
    whole = iri if iri.startswith(("http://", "https://")) else base + iri
    kind, _, name = whole.removeprefix(base).partition("/")
    if kind == "graph":
        return f"{base}doc/{name}"
    return f"{base}doc/{name[:32]}" if kind != "doc" else whole.partition("#")[0]


class _Page:
    def __init__(self, store: Store, index: Index, sheet: Sheet, flagged: Collection[str]) -> None:
        self.store = store
        self.index = index
        self.sheet = sheet
        self.flagged = flagged
        self.spans: list[dict[str, Any]] = []

    def as_dict(self) -> dict[str, Any]:
        """Return the page for JSON."""
        sheet, iri = self.sheet, self.sheet.iri
        self.spans.clear()
        facts = [self.fact(fact) for fact in sheet.instances(CQ + "Fact")]
        self.things()
        self.mentions()
        publishers = [self.entity(each) for each in sheet.values(iri, DCTERMS + "publisher")]
        return {
            "iri": iri,
            "title": sheet.value(iri, DCTERMS + "title"),
            "text": sheet.text,
            "publisher": next(iter(publishers), None),
            "date": sheet.value(iri, DCTERMS + "issued")[:10],
            "source": sheet.values(iri, DCTERMS + "source"),
            "language": sheet.value(iri, DCTERMS + "language"),
            "spans": sorted(
                self.spans, key=lambda each: (each["begin"], -each["end"], each["kind"], str(each["fact"]))
            ),
            "facts": sorted(facts, key=lambda each: (each["begin"], each["end"], each["iri"])),
            "statements": [self.statement(each) for each in sheet.instances(CQ + "Statement")],
        }

    def statement(self, iri: str) -> dict[str, Any]:
        """Return a statement's label, day and place in the text."""
        at = next(iter(self.sheet.evidence(iri)), Range(0, 0))
        label, day = self.sheet.value(iri, RDFS + "label"), self.sheet.value(iri, DCTERMS + "issued")[:10]
        return {"iri": iri, "label": label, "date": day} | at.as_dict()

    def fact(self, fact: str) -> dict[str, Any]:
        """Return a fact with its words, and note the spans that it adds to the text."""
        sheet = self.sheet
        subject, predicate, target = (sheet.value(fact, RDF + name) for name in ("subject", "predicate", "object"))
        words = {name: ranges(sheet.values(fact, CQ + name)) for name in ("evidence", "mention", "cue")}
        first = {name: found[0] if found else None for name, found in words.items()}
        at = first["mention"] or first["cue"] or first["evidence"] or Range(0, 0)
        kind = _KINDS.get(predicate)
        if kind:
            for mention in words["mention"]:
                self.note(mention, kind, _local(predicate), fact, self.whole(target))
        ends = self.entity(subject), self.entity(target)
        return {
            "iri": fact,
            "subject": ends[0],
            "predicate": _local(predicate),
            "object": ends[1],
            "label": f"{ends[0]['label']}: {_local(predicate)} {ends[1]['label']}",
            "confidence": sheet.confidence(fact),
            "modality": _local(sheet.value(subject, CQ + "modality")),
            "flagged": fact in self.flagged,
            **at.as_dict(),
            **{name: each.as_dict() if each else None for name, each in first.items()},
        }

    def things(self) -> None:
        """Note the spans of events (their triggers), demands, quotations and characterizations."""
        for kind, name in _THINGS:
            for thing in self.sheet.instances(kind):
                spans = ranges(self.sheet.values(thing, CQ + "trigger")) or _standing(thing)
                for span in spans:
                    self.note(span, name, name, thing, None)

    def mentions(self) -> None:
        """Note the spans that name an entity and have no role of their own."""
        taken = {(span["begin"], span["end"]) for span in self.spans}
        for node, entity in self.sheet.links(ITSRDF + "taIdentRef"):
            span = range_of(node)
            if span and (span.begin, span.end) not in taken:
                self.note(span, self.type(entity), "mention", None, self.whole(entity))

    def note(self, span: Range, kind: str, role: str, fact: str | None, entity: str | None) -> None:
        """Note a span of the text."""
        self.spans.append({**span.as_dict(), "kind": kind, "role": role, "fact": fact, "entity": entity})

    def entity(self, iri: str) -> dict[str, str]:
        """Return an end of a fact: canonical, with its label and type."""
        if iri == self.sheet.iri:
            return {"iri": iri, "label": "The document", "type": "document"}
        whole = self.whole(iri)
        if node := self.index.node(whole):
            return {"iri": node.iri, "label": node.label, "type": node.type}
        return {"iri": iri, "label": self.sheet.value(iri, RDFS + "label") or _local(iri), "type": self.type(iri)}

    def whole(self, iri: str) -> str:
        """Return the canonical node of an entity."""
        return ask.canonical(self.store, NamedNode(iri)).value

    def type(self, iri: str) -> str:
        """Return what an entity is."""
        classes = self.sheet.values(iri, RDF + "type")
        known = next((name for kind, name in _TYPES.items() if kind in classes), None)
        named = {"statement": "statement", "event": "event", "demand": "demand", "quote": "quotation", "time": "time"}
        return known or named.get(iri.removeprefix(self.store.base).partition("/")[0], "other")


def _standing(thing: str) -> list[Range]:
    """Return the stretch in the IRI of something that is named by where it stands."""
    begin, end = thing.rsplit("-", 2)[1:]
    return [Range(int(begin), int(end))]


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
