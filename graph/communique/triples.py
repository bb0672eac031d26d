"""Facts become quads, with the words they rest on: the only maker of triples.

:func:`quads` writes one :class:`~communique.model.Reading` as one named graph, exactly as ``docs/model.md`` lays down:
deterministic IRIs, no blank nodes, sorted, without duplicates. :func:`authority_quads` writes authority records.

Decisions that the model leaves open:

* Every edge that a :class:`~communique.model.Role`, kind or time stands behind becomes a ``cq:Fact``; where several
  roles name the same edge, it is one fact with the words of all and the highest confidence.
* A span without length (``Span(0, 0)``) stands for something that the container says and the text does not (the
  publisher in an HTML head): the edge is written, without a fact.
* A statement's ``dcterms:issued`` is never more precise than a day, so that periods compare with one datatype; the
  document's own keeps the time and zone that the source gives.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from communique import vocab
from communique.authority.records import Record
from communique.model import (
    Attribution,
    Characterization,
    Demand,
    Entity,
    EntityType,
    Event,
    Mention,
    Quotation,
    Reading,
    Role,
    Span,
    Statement,
    TimeRef,
)
from communique.vocab import (
    CQ,
    DCTERMS,
    FOAF,
    GEO,
    ITSRDF,
    NIF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SKOS,
    TIME,
    XSD,
)

ENTITY_CLASSES: Mapping[EntityType, tuple[str, ...]] = MappingProxyType(
    {
        EntityType.PERSON: (FOAF + "Person",),
        EntityType.ORG: (ORG + "Organization",),
        EntityType.OFFICE: (ORG + "Post",),
        EntityType.STATE: (SCHEMA + "Country", CQ + "State"),
        EntityType.PLACE: (SCHEMA + "Place",),
        EntityType.GROUP: (CQ + "DescribedGroup",),
        EntityType.INSTRUMENT: (CQ + "Instrument",),
    }
)
"""The classes that an entity of each type is an instance of."""

_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
# Spelled out: the standard library's names follow the locale of the machine.
_LABEL_LIMIT = 160
# The terms of which a document has hundreds of triples: put together once.
_TYPE, _SUBJECT, _PREDICATE, _OBJECT = (RDF + name for name in ("type", "subject", "predicate", "object"))
_FACT, _REIFIED, _SPAN = CQ + "Fact", RDF + "Statement", NIF + "RFC5147String"
_RULES = {
    "alias": "short for a name found elsewhere in the text",
    "apposition": "capitals beside an office",
    "authority": "authority record",
    "chunk": "noun phrase",
    "gazetteer": "gazetteer, in a context of places",
    "given-name": "given name, or beside a verb of speech",
    "guess": "capitals alone",
    "introduced": "the text says that it is a body",
    "model": "proposed by the model",
    "office": "head word of an office",
    "pattern": "head word of a name",
    "post": "implied by an office",
    "title": "behind a title",
}
"""By what rule a mention was found, from its source."""
_EVIDENCE, _MENTION, _CUE, _CONFIDENCE = (CQ + name for name in ("evidence", "mention", "cue", "confidence"))
_CONTEXT, _BEGIN, _END = NIF + "referenceContext", NIF + "beginIndex", NIF + "endIndex"
_ANCHOR = NIF + "anchorOf"


@cache
def _term(iri: str) -> NamedNode:
    """Return the node of a vocabulary term; the few hundred terms of the model are made once a process."""
    return NamedNode(iri)


@lru_cache(maxsize=65_536)
def _number(value: int) -> tuple[str, Literal]:
    """Return a number as a literal, with its form as a sorting key."""
    literal = Literal(str(value), datatype=_term(XSD + "nonNegativeInteger"))
    return str(literal), literal


@lru_cache(maxsize=1024)
def _decimal(value: float) -> tuple[str, Literal]:
    """Return a confidence as the canonical ``xsd:decimal`` with at most three places, with its sorting key."""
    literal = Literal(f"{min(1.0, max(0.0, value)):.3f}".rstrip("0").rstrip("."), datatype=_term(XSD + "decimal"))
    return str(literal), literal


def _found_by(mention: Mention) -> str:
    """Return by what rule a name was found, and which other readings of its words that rule set aside."""
    rule = _RULES.get(mention.source, mention.source)
    return f"{rule}; not {mention.reason}" if mention.reason else rule


class _Sheet:
    """Collects the triples of one named graph: each once, keyed by its strings so that sorting needs no objects."""

    def __init__(self, graph: str) -> None:
        self._graph = NamedNode(graph)
        self._about: defaultdict[str, dict[tuple[str, str], NamedNode | Literal | str]] = defaultdict(dict)
        self._nodes: dict[str, NamedNode] = {}

    def node(self, iri: str) -> NamedNode:
        found = self._nodes.get(iri)
        if found is None:
            found = self._nodes[iri] = NamedNode(iri)
        return found

    def link(self, subject: str, predicate: str, obj: str) -> None:
        """Add a triple whose object is an IRI."""
        self._about[subject][predicate, f"<{obj}>"] = obj

    def a(self, subject: str, *classes: str) -> None:
        """Add the classes of a subject."""
        for each in classes:
            self.link(subject, _TYPE, each)

    def value(self, subject: str, predicate: str, literal: Literal) -> None:
        """Add a triple whose object is a literal."""
        self._about[subject][predicate, str(literal)] = literal

    def keyed(self, subject: str, predicate: str, literal: tuple[str, Literal]) -> None:
        """Add a triple whose object is a literal that comes with its sorting key."""
        self._about[subject][predicate, literal[0]] = literal[1]

    def string(self, subject: str, predicate: str, text: str) -> None:
        self.value(subject, predicate, Literal(text))

    def text(self, subject: str, predicate: str, text: str, language: str) -> None:
        self.value(subject, predicate, Literal(text, language=language))

    def typed(self, subject: str, predicate: str, text: str, datatype: str) -> None:
        self.value(subject, predicate, Literal(text, datatype=_term(XSD + datatype)))

    def lines(self) -> list[str]:
        """Return the triples in N-Triples without the full stop, sorted by subject, predicate, object.

        Raises:
            ValueError: an IRI is none.
        """
        out: list[str] = []
        for name in sorted(self._about):
            self.node(name)
            for predicate, text in sorted(said := self._about[name]):
                if isinstance(obj := said[predicate, text], str):
                    self.node(obj)
                out.append(f"<{name}> <{predicate}> {text}")
        return out

    def quads(self) -> list[Quad]:
        """Return the triples as quads, sorted by subject, predicate, object."""
        graph, node = self._graph, self.node
        out: list[Quad] = []
        for name in sorted(self._about):
            subject, said = node(name), self._about[name]
            for key in sorted(said):
                obj = said[key]
                out.append(Quad(subject, _term(key[0]), node(obj) if isinstance(obj, str) else obj, graph))
        return out


class _Fact:
    """A grounded edge while its words are collected: the same edge may rest on several places of the text."""

    __slots__ = ("around", "confidence", "cues", "evidence", "mentions")

    def __init__(self) -> None:
        self.confidence = 0.0
        self.evidence: set[Span] = set()
        self.mentions: set[Span] = set()
        self.cues: set[Span] = set()
        self.around: set[Span] = set()

    def grounding(self) -> set[Span]:
        """Return the evidence, and for a name or cue outside it what stands around the edge's subject, else itself."""
        held = set(self.evidence)
        for span in (*self.mentions, *self.cues):
            if not any(e.holds(span) for e in self.evidence):
                around = {a for a in self.around if a.holds(span)}
                held |= around or {span}
        return held


class _Writer:
    """Writes one reading onto a sheet."""

    def __init__(self, reading: Reading, base: str) -> None:
        self.reading = reading
        self.string = reading.document.text
        self.language = (reading.header.language or "en").lower()
        self.mint = vocab.Minter(base, reading.document.id)
        self.sheet = _Sheet(self.mint.graph())
        self.doc = self.mint.doc()
        self.entities = _entities(reading)
        self.spans: dict[Span, str] = {}
        self.facts: dict[tuple[str, str, str], _Fact] = {}
        self.named: dict[tuple[Span, str], float] = {}
        self.found_by: dict[Span, str] = {}

    def write(self) -> _Sheet:
        """Write everything and return the sheet."""
        self.document()
        for statement in self.reading.statements:
            self.statement(statement)
        for entity in self.entities.values():
            self.entity(entity)
        self.grounds()
        return self.sheet

    # -- the document and its text ------------------------------------------------------------------------------

    def document(self) -> None:
        reading, sheet, doc = self.reading, self.sheet, self.doc
        document, header, metadata = reading.document, reading.header, reading.document.metadata
        sheet.a(doc, CQ + "Document", SCHEMA + (metadata.form or "Article"))
        sheet.string(doc, CQ + "sha256", document.sha256)
        sheet.string(doc, DCTERMS + "language", self.language)
        _add_source(sheet, doc, document.source)
        title = metadata.title or (header.title.of(self.string) if header.title else "")
        if title.strip():
            sheet.text(doc, DCTERMS + "title", _squeeze(title), self.language)
        issued = header.issued or metadata.issued
        if issued:
            self.date(doc, DCTERMS + "issued", issued)
            self.date(doc, SCHEMA + "datePublished", issued[:10])
        if reading.publisher is not None:
            self.role(doc, DCTERMS + "publisher", reading.publisher)
        context = self.context()
        sheet.a(context, NIF + "Context", _SPAN)
        sheet.keyed(context, _BEGIN, _number(0))
        sheet.keyed(context, _END, _number(len(self.string)))
        sheet.string(context, NIF + "isString", self.string)

    def context(self) -> str:
        return self.mint.span(Span(0, len(self.string)))

    def date(self, subject: str, predicate: str, value: str) -> None:
        text, datatype = date_literal(value)
        self.sheet.typed(subject, predicate, text, datatype)

    # -- statements ---------------------------------------------------------------------------------------------

    def statement(self, statement: Statement) -> None:
        iri, sheet = self.mint.at("statement", statement.span), self.sheet
        sheet.a(iri, CQ + "Statement")
        sheet.link(iri, CQ + "reportedIn", self.doc)
        self.label(iri, statement.label or statement.span.of(self.string))
        self.evidence(iri, statement.span)
        if statement.issued:
            self.date(iri, DCTERMS + "issued", statement.issued[:10])
        for kind in statement.kinds:
            self.edge(iri, CQ + "kind", vocab.KIND + kind.name, kind.confidence, kind.evidence, None, kind.cue)
        for attribution in statement.attributions:
            self.attribution(iri, attribution)
        for predicate, roles in (
            ("recipient", statement.recipients),
            ("cites", statement.cites),
            ("mentions", statement.mentions),
        ):
            for role in roles:
                self.role(iri, CQ + predicate, role)
        triggers: dict[Span, str] = {}
        for event in statement.events:
            triggers |= dict.fromkeys((event.trigger, *event.also), self.event(iri, event))
        for demand in statement.demands:
            self.demand(iri, demand)
        for quotation in statement.quotations:
            self.quotation(iri, quotation)
        for view in statement.characterizations:
            self.view(iri, view, triggers)

    def attribution(self, statement: str, attribution: Attribution) -> None:
        iri = self.mint.at("attribution", attribution.issuer.mention.span)
        self.sheet.link(statement, PROV + "qualifiedAttribution", iri)
        self.sheet.a(iri, PROV + "Attribution")
        self.sheet.link(iri, PROV + "agent", self.role(statement, CQ + "issuer", attribution.issuer))
        for name, role in (("capacity", attribution.capacity), ("onBehalfOf", attribution.on_behalf_of)):
            if role is not None:
                self.sheet.link(iri, CQ + name, self.role(statement, CQ + name, role))

    def event(self, statement: str, event: Event) -> str:
        iri, sheet = self.mint.at("event", event.trigger), self.sheet
        sheet.a(iri, CQ + "ReportedEvent")
        sheet.link(statement, CQ + "reports", iri)
        sheet.link(iri, CQ + "reportedBy", statement)
        sheet.link(iri, SEM + "eventType", vocab.ETYPE + event.type)
        sheet.link(iri, CQ + "modality", CQ + event.modality)
        self.label(iri, event.label or event.trigger.of(self.string))
        self.confidence(iri, event.confidence)
        self.evidence(iri, event.evidence)
        for trigger in (event.trigger, *event.also):
            sheet.link(iri, CQ + "trigger", self.span(trigger))
        for predicate, roles in (
            (CQ + "agent", event.agents),
            (CQ + "patient", event.patients),
            (SEM + "hasPlace", event.places),
        ):
            for role in roles:
                self.role(iri, predicate, role, event.evidence)
        if event.source is not None:
            self.role(iri, CQ + "attributedTo", event.source, event.evidence)
        self.times(iri, event.times)
        return iri

    def times(self, event: str, times: Iterable[TimeRef]) -> None:
        begins, ends = [], []
        for time in times:
            node = self.mint.of(f"time/{time.value}")
            self.edge(event, SEM + "hasTime", node, time.confidence, time.evidence, time.span, None)
            begin, end = vocab.time_bounds(time.value)
            begins.append(begin)
            ends.append(end)
            _write_time(self.sheet, self.mint, time.value)
        if begins:
            self.sheet.typed(event, SEM + "hasEarliestBeginTimeStamp", min(begins), "date")
            self.sheet.typed(event, SEM + "hasLatestEndTimeStamp", max(ends), "date")

    def demand(self, statement: str, demand: Demand) -> None:
        iri, sheet = self.mint.at("demand", demand.action), self.sheet
        sheet.a(iri, CQ + "Demand")
        sheet.link(statement, CQ + "demands", iri)
        sheet.text(iri, CQ + "action", demand.action.of(self.string), self.language)
        self.particular(iri, demand.label or demand.action.of(self.string), demand)
        for role in demand.addressees:
            self.role(iri, CQ + "addressee", role, demand.evidence)

    def quotation(self, statement: str, quotation: Quotation) -> None:
        iri, sheet = self.mint.at("quote", quotation.span), self.sheet
        sheet.a(iri, CQ + "Quotation")
        sheet.link(statement, CQ + "quotation", iri)
        sheet.text(iri, SCHEMA + "text", quotation.span.of(self.string), self.language)
        self.particular(iri, quotation.label or quotation.span.of(self.string), quotation)
        if quotation.speaker is not None:
            self.role(iri, CQ + "speaker", quotation.speaker, quotation.evidence)

    def view(self, statement: str, view: Characterization, triggers: Mapping[Span, str]) -> None:
        iri, sheet = self.mint.at("view", view.span), self.sheet
        if view.of not in triggers:
            raise ValueError(f"a characterization at {view.span} is of no event of its statement: {view.of}")
        sheet.a(iri, CQ + "Characterization")
        sheet.link(statement, CQ + "characterization", iri)
        sheet.link(iri, CQ + "characterizes", triggers[view.of])
        sheet.text(iri, CQ + "characterizedAs", view.span.of(self.string), self.language)
        self.particular(iri, view.label or view.span.of(self.string), view)

    def particular(self, iri: str, label: str, what: Demand | Quotation | Characterization) -> None:
        """Write what demands, quotations and characterizations share: label, confidence, evidence and cue."""
        self.label(iri, label)
        self.confidence(iri, what.confidence)
        self.evidence(iri, what.evidence)
        cue = None if isinstance(what, Quotation) else what.cue
        if cue is not None:
            self.sheet.link(iri, _CUE, self.span(cue))

    # -- edges and the words they rest on -----------------------------------------------------------------------

    def role(self, subject: str, predicate: str, role: Role, around: Span | None = None) -> str:
        """Write an edge to an entity with its fact; return the entity's IRI.

        ``around`` is the evidence of what the edge leads from: it counts too where name or cue stands there alone.
        """
        if role.entity is None:
            raise ValueError(f"the mention {role.mention.text!r} at {role.mention.span} was never linked to an entity")
        iri = self.mint.of(role.entity.path)
        span = role.mention.span
        if not span:
            self.sheet.link(subject, predicate, iri)
            return iri
        key = (span, iri)
        self.named[key] = max(self.named.get(key, 0.0), role.mention.score)
        self.found_by.setdefault(span, _found_by(role.mention))
        self.edge(subject, predicate, iri, role.confidence, role.evidence, span, role.cue)
        if around is not None:
            self.facts[subject, predicate, iri].around.add(around)
        return iri

    def edge(
        self,
        subject: str,
        predicate: str,
        obj: str,
        sure: float,
        evidence: Span,
        mention: Span | None,
        cue: Span | None,
    ) -> None:
        """Write an edge and remember its words for the fact that :meth:`grounds` writes."""
        self.sheet.link(subject, predicate, obj)
        fact = self.facts.setdefault((subject, predicate, obj), _Fact())
        fact.confidence = max(fact.confidence, sure)
        fact.evidence.add(evidence)
        if mention is not None:
            fact.mentions.add(mention)
        if cue is not None:
            fact.cues.add(cue)

    def grounds(self) -> None:
        """Write the facts, what each mention's span names, and the spans themselves."""
        sheet = self.sheet
        for (subject, predicate, obj), fact in self.facts.items():
            iri = self.mint.fact(subject, predicate, obj)
            sheet.a(iri, _FACT, _REIFIED)
            sheet.link(iri, _SUBJECT, subject)
            sheet.link(iri, _PREDICATE, predicate)
            sheet.link(iri, _OBJECT, obj)
            self.confidence(iri, fact.confidence)
            for name, spans in ((_EVIDENCE, fact.grounding()), (_MENTION, fact.mentions), (_CUE, fact.cues)):
                for span in spans:
                    sheet.link(iri, name, self.span(span))
        scores: dict[Span, float] = {}
        for (span, entity), score in self.named.items():
            sheet.link(self.span(span), ITSRDF + "taIdentRef", entity)
            scores[span] = max(scores.get(span, 0.0), score)
        for span, score in scores.items():
            sheet.keyed(self.span(span), ITSRDF + "taConfidence", _decimal(score))
            sheet.string(self.span(span), CQ + "foundBy", self.found_by[span])
        context = self.context()
        for span, iri in self.spans.items():
            self.place(iri, span, context)

    def place(self, iri: str, span: Span, context: str) -> None:
        """Write a span: where it begins and ends in the context, and its words."""
        sheet = self.sheet
        if span != Span(0, len(self.string)):
            sheet.a(iri, _SPAN)
            sheet.link(iri, _CONTEXT, context)
            sheet.keyed(iri, _BEGIN, _number(span.begin))
            sheet.keyed(iri, _END, _number(span.end))
            sheet.string(iri, _ANCHOR, span.of(self.string))

    def span(self, span: Span) -> str:
        """Return the IRI of a span and remember to write it."""
        iri = self.spans.get(span)
        if iri is None:
            if not 0 <= span.begin < span.end <= len(self.string):
                raise ValueError(f"{span} lies outside the text of {len(self.string)} characters")
            iri = self.spans[span] = self.mint.span(span)
        return iri

    def evidence(self, subject: str, span: Span) -> None:
        self.sheet.link(subject, _EVIDENCE, self.span(span))

    def confidence(self, subject: str, value: float) -> None:
        self.sheet.keyed(subject, _CONFIDENCE, _decimal(value))

    def label(self, subject: str, text: str) -> None:
        self.sheet.text(subject, RDFS + "label", _shorten(_squeeze(text)), self.language)

    # -- entities -----------------------------------------------------------------------------------------------

    def entity(self, entity: Entity) -> None:
        iri, sheet = self.mint.of(entity.path), self.sheet
        sheet.a(iri, *ENTITY_CLASSES[entity.type], *((CQ + "Described",) if entity.described else ()))
        # The records' labels are English; a name of an entity local to the document is in the document's language.
        label = _squeeze(entity.label)
        sheet.text(iri, RDFS + "label", label, "en" if entity.key else self.language)
        for name in entity.names:
            other = _squeeze(name)
            if other and other != label:
                sheet.text(iri, SKOS + "altLabel", other, self.language)
        if entity.country:
            sheet.string(iri, CQ + "countryCode", entity.country)
        if entity.post_in:
            if entity.post_in not in self.entities:
                raise ValueError(f"{entity.path} is a post in {entity.post_in}, which is no entity of the document")
            sheet.link(iri, ORG + "postIn", self.mint.of(entity.post_in))


def quads(reading: Reading, base: str = vocab.DEFAULT_BASE) -> list[Quad]:
    """Return everything read from one document as the quads of its named graph, sorted and free of duplicates.

    Args:
        reading: what was extracted and linked.
        base: what the IRIs of things begin with; ends with ``/`` or ``#``.

    Raises:
        ValueError: the reading breaks its own contract (a role was not linked, a span lies outside the text, a
            characterization is of no event). That is an error of the extractor, not of the input.
    """
    return _Writer(reading, base).write().quads()


def texts(reading: Reading, base: str = vocab.DEFAULT_BASE) -> tuple[bytes, str]:
    """Return the same as :func:`quads`, as N-Quads and as N-Triples: in a third of the time, for no object is made.

    Raises:
        ValueError: as :func:`quads`.
    """
    lines = _Writer(reading, base).write().lines()
    graph = f" <{vocab.Minter(base, reading.document.id).graph()}> .\n"
    lines.append("")
    return graph.join(lines).encode(), " .\n".join(lines)


def source_quad(document_id: str, source: str, base: str = vocab.DEFAULT_BASE) -> Quad:
    """Return the quad that names a source of a document: what an equal document under another name adds."""
    mint = vocab.Minter(base, document_id)
    sheet = _Sheet(mint.graph())
    _add_source(sheet, mint.doc(), source)
    return sheet.quads()[0]


def _add_source(sheet: _Sheet, doc: str, source: str) -> None:
    """Write where a document came from: a URL as an IRI, a path, which has no absolute IRI, as a string."""
    if re.match(r"[a-z][a-z0-9+.-]*:", source, re.IGNORECASE):
        sheet.link(doc, DCTERMS + "source", quote(source, safe="%/:?#[]@!$&'()*+,;=~"))
    else:
        # A file name need not be UTF-8; what is not becomes U+FFFD, since a literal takes Unicode only.
        readable = source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        sheet.string(doc, DCTERMS + "source", readable)


def authority_quads(records: Iterable[Record], base: str = vocab.DEFAULT_BASE) -> list[Quad]:
    """Return the quads of the graph ``authority`` for the records in use: names, identifiers, geometry, containment.

    A record names its parents by key; hand over their records as well, so that every node has a type and a label.
    """
    mint = vocab.Minter(base)
    sheet = _Sheet(mint.shared_graph("authority"))
    for record in records:
        _write_record(sheet, mint, record)
    return sheet.quads()


def _write_record(sheet: _Sheet, mint: vocab.Minter, record: Record) -> None:
    iri = mint.of(record.key)
    sheet.a(iri, *ENTITY_CLASSES[record.type])
    sheet.text(iri, RDFS + "label", record.label, "en")
    for name in (*record.names, *record.acronyms, record.formal):
        if name and name != record.label:
            sheet.text(iri, SKOS + "altLabel", name, "en")
    for demonym in record.demonyms:
        sheet.string(iri, CQ + "demonym", demonym)
    for language, name in record.native:
        sheet.text(iri, SKOS + "altLabel", name, language)
    _write_identifiers(sheet, iri, record)
    if record.post_in:
        sheet.link(iri, ORG + "postIn", mint.of(record.post_in))
    if record.parent.startswith("org/"):
        sheet.link(iri, ORG + "subOrganizationOf", mint.of(record.parent))
    elif record.parent and record.type in (EntityType.PLACE, EntityType.STATE):
        sheet.link(iri, SCHEMA + "containedInPlace", mint.of(record.parent))
    if record.lat is not None and record.lon is not None:
        geometry = mint.of(f"geometry/{record.key.replace('/', '-')}")
        sheet.link(iri, GEO + "hasGeometry", geometry)
        sheet.a(geometry, GEO + "Geometry")
        point = f"POINT({record.lon} {record.lat})"
        sheet.value(geometry, GEO + "asWKT", Literal(point, datatype=_term(GEO + "wktLiteral")))


def _write_identifiers(sheet: _Sheet, iri: str, record: Record) -> None:
    """Write the codes and other registers' entries of a record, and from when to when it existed."""
    if record.country:
        sheet.string(iri, CQ + "countryCode", record.country)
    for code in filter(None, (record.iso3, record.m49)):
        sheet.string(iri, SCHEMA + "identifier", code)
    if record.wikidata:
        sheet.link(iri, OWL + "sameAs", vocab.WD + record.wikidata)
    if record.geonames:
        sheet.link(iri, OWL + "sameAs", f"https://sws.geonames.org/{record.geonames}/")
    for predicate, date in (("foundingDate", record.since), ("dissolutionDate", record.until)):
        if date:
            sheet.typed(iri, SCHEMA + predicate, *date_literal(date))


def date_literal(value: str) -> tuple[str, str]:
    """Return the lexical form and the XSD datatype of an ISO 8601 date, as precise as it is.

    ``2021``, ``2021-05``, ``2021-05-27`` and ``2021-05-27T17:33+04:00`` become ``gYear``, ``gYearMonth``, ``date`` and
    ``dateTime`` (seconds filled in, ``+00:00`` written ``Z``, as the store keeps it).

    Raises:
        ValueError: it is none of these.
    """
    timed = _DATE_TIME.fullmatch(value)
    if timed:
        day, clock, seconds, zone = timed.groups()
        zone = zone or ""
        if len(zone) == 5:
            zone = f"{zone[:3]}:{zone[3:]}"
        return f"{day}T{clock}{seconds or ':00'}{'Z' if zone in ('+00:00', '-00:00') else zone}", "dateTime"
    if len(value) in _DATE_TYPES and re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return value, _DATE_TYPES[len(value)]
    raise ValueError(f"{value!r} is no ISO 8601 date")


def _write_time(sheet: _Sheet, mint: vocab.Minter, value: str) -> None:
    iri = mint.of(f"time/{value}")
    sheet.text(iri, RDFS + "label", vocab.time_label(value), "en")
    begin, end = vocab.time_bounds(value)
    if value == begin:
        sheet.a(iri, TIME + "Instant")
        sheet.typed(iri, TIME + "inXSDDate", value, "date")
        return
    sheet.a(iri, TIME + "ProperInterval")
    for name, day in (("hasBeginning", begin), ("hasEnd", end)):
        sheet.link(iri, TIME + name, mint.of(f"time/{day}"))
        _write_time(sheet, mint, day)


def _entities(reading: Reading) -> dict[str, Entity]:
    """Return every entity of a reading by path: those it lists, and those its roles name beside them."""
    found = {entity.path: entity for entity in reading.entities}
    for role in _roles(reading):
        if role.entity is not None:
            found.setdefault(role.entity.path, role.entity)
    return found


def _roles(reading: Reading) -> Iterable[Role]:
    if reading.publisher is not None:
        yield reading.publisher
    for statement in reading.statements:
        for attribution in statement.attributions:
            yield from (
                r for r in (attribution.issuer, attribution.capacity, attribution.on_behalf_of) if r is not None
            )
        for event in statement.events:
            yield from (*event.agents, *event.patients, *event.places)
        for demand in statement.demands:
            yield from demand.addressees
        yield from (q.speaker for q in statement.quotations if q.speaker is not None)
        yield from (*statement.recipients, *statement.cites, *statement.mentions)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _shorten(text: str) -> str:
    if len(text) <= _LABEL_LIMIT:
        return text
    cut = text.rfind(" ", 0, _LABEL_LIMIT)
    return text[: cut if cut > _LABEL_LIMIT // 2 else _LABEL_LIMIT].rstrip(" ,;:") + " …"
