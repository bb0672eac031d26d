"""Shows what the graph says of an entity or a statement, each fact with the words it rests on.

:func:`describe` collects; :func:`render` writes a description for reading, :meth:`Description.as_dict` for JSON. An
entity is shown across documents: everything said of any node that shares its canonical node.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from communique import ask, vocab
from communique.errors import UsageError
from communique.store import Store
from communique.vocab import CQ, DCTERMS, ITSRDF, NIF, ORG, OWL, PROV, RDF, RDFS, SEM, SKOS

_DIRECT_WORDS = (("sentence", CQ + "evidence"), ("trigger", CQ + "trigger"), ("cue", CQ + "cue"))
_FACT_WORDS = (("sentence", CQ + "evidence"), ("name", CQ + "mention"), ("cue", CQ + "cue"))

# What is shown of an entity: section, and the edges that lead to it.
_TO_ENTITY = (
    ("Statements issued", CQ + "issuer"),
    ("Statements made in its name", CQ + "onBehalfOf"),
    ("Statements made in this office", CQ + "capacity"),
    ("Statements received", CQ + "recipient"),
    ("Said to have done", CQ + "agent"),
    ("Said to have suffered", CQ + "patient"),
    ("Said to have happened here", SEM + "hasPlace"),
    ("Asked to", CQ + "addressee"),
    ("Quoted as saying", CQ + "speaker"),
    ("Cited in", CQ + "cites"),
    ("Named in", CQ + "mentions"),
    ("Publisher of", DCTERMS + "publisher"),
)
# What is shown of an issuer besides: section, and the edges that lead on from its statements.
_FROM_ISSUED = (("Events it reports", CQ + "reports"), ("Demands it makes", CQ + "demands"))
# What is shown of a statement, an event, a demand, a quotation or a characterization: the edges that lead from it.
_FROM_NODE = (
    ("Issuer", CQ + "issuer"),
    ("Office", CQ + "capacity"),
    ("On behalf of", CQ + "onBehalfOf"),
    ("Recipients", CQ + "recipient"),
    ("Kinds", CQ + "kind"),
    ("Events reported", CQ + "reports"),
    ("Demands", CQ + "demands"),
    ("Quotations", CQ + "quotation"),
    ("Characterizations", CQ + "characterization"),
    ("Cites", CQ + "cites"),
    ("Names", CQ + "mentions"),
    ("Reported by", CQ + "reportedBy"),
    ("Type", SEM + "eventType"),
    ("Modality", CQ + "modality"),
    ("Agents", CQ + "agent"),
    ("Patients", CQ + "patient"),
    ("Places", SEM + "hasPlace"),
    ("Times", SEM + "hasTime"),
    ("Addressees", CQ + "addressee"),
    ("Speaker", CQ + "speaker"),
    ("Characterizes", CQ + "characterizes"),
)
_SAME = (OWL + "sameAs", SKOS + "closeMatch", SKOS + "exactMatch")
_STATEMENT_OF = (CQ + "reports", CQ + "demands", CQ + "quotation", CQ + "characterization")


@dataclass(frozen=True, slots=True)
class Words:
    """Words that a fact rests on; ``role`` is sentence, name, cue or trigger, offsets are code points of the text.

    ``found_by`` says of a name by what rule it was found, and which other readings were set aside.
    """

    role: str
    text: str
    begin: int
    end: int
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact: to what it leads, in which statement and document it stands, how sure it is, and its words.

    ``note`` says of a reported event which type and modality it has and who reports it, of a demand who makes it.
    """

    label: str
    iri: str
    note: str
    statement: str
    date: str
    document: str
    title: str
    source: str
    confidence: float | None
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one relation."""

    title: str
    facts: tuple[ShownFact, ...]


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held an office, or which office somebody held, as far as statements show it.

    ``iri`` and ``label`` are the other one's: the person's for an office, the office's for a person. ``first`` and
    ``last`` are the dates of the first and the last of the ``statements`` made in it; between them nothing is known.
    """

    iri: str
    label: str
    first: str
    last: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A name under which entities of other documents were joined with the one shown, how many, how sure, and why."""

    name: str
    entities: int
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean."""

    iri: str
    label: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says of one thing; or, where a name means several, only the ``candidates``."""

    iri: str
    label: str
    types: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    country: str = ""
    post_in: tuple[str, ...] = ()
    holders: tuple[Tenure, ...] = ()
    offices: tuple[Tenure, ...] = ()
    date: str = ""
    words: tuple[Words, ...] = ()
    sections: tuple[Section, ...] = ()
    joined: tuple[Joined, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return the description as plain data for JSON."""
        return dataclasses.asdict(self)


def describe(store: Store, iri_or_name: str) -> Description:
    """Return what the graph says of an entity, statement, event, demand, quotation or characterization.

    Args:
        store: the graph.
        iri_or_name: an IRI (absolute, prefixed, or relative as tables show it: ``statement/...``), or a name of an
            entity; see :func:`communique.ask.entities_named` for what a name means.

    Raises:
        UsageError: the graph says nothing of such an IRI, or no entity has such a name.
    """
    text = iri_or_name.strip()
    if re.fullmatch(r"<.*>|https?://\S+|[a-z]+/\S+|[a-z]+:\S+", text):
        node = ask.resolve_iri(store, text)
        if not any(store.dataset.quads_for_pattern(node, None, None)):
            raise UsageError(
                f"the graph says nothing of {node.value}", remedy="`communique query entities` lists entities"
            )
        return _Reader(store).description(node)
    found = ask.entities_named(store, text) if text else []
    if not found:
        raise ask.no_such_name(store, text)
    reader = _Reader(store)
    if len(found) == 1:
        return reader.description(found[0])
    candidates = (Candidate(node.value, reader.label(node), reader.types(reader.members(node))) for node in found)
    return Description("", text, candidates=tuple(sorted(candidates, key=lambda each: (each.label, each.iri))))


class _Reader:
    """Reads a store by patterns; every list comes back sorted and without the copies that other graphs hold."""

    def __init__(self, store: Store) -> None:
        self.store = store

    # -- triples ------------------------------------------------------------------------------------------------

    def objects(self, node: NamedNode, predicate: str) -> list[NamedNode]:
        found = self.store.dataset.quads_for_pattern(node, NamedNode(predicate), None)
        return _sorted(quad.object for quad in found)

    def subjects(self, predicate: str, node: NamedNode) -> list[NamedNode]:
        found = self.store.dataset.quads_for_pattern(None, NamedNode(predicate), node)
        return _sorted(quad.subject for quad in found)

    def values(self, node: NamedNode, predicate: str) -> list[str]:
        found = self.store.dataset.quads_for_pattern(node, NamedNode(predicate), None)
        return sorted({quad.object.value for quad in found if isinstance(quad.object, Literal | NamedNode)})

    def value(self, node: NamedNode, predicate: str) -> str:
        return next(iter(self.values(node, predicate)), "")

    def label(self, node: NamedNode) -> str:
        return self.value(node, RDFS + "label") or _local(node.value)

    def types(self, nodes: Iterable[NamedNode]) -> tuple[str, ...]:
        return tuple(sorted({_local(name) for node in nodes for name in self.values(node, RDF + "type")}))

    def members(self, node: NamedNode) -> list[NamedNode]:
        """Return the nodes that share a canonical node."""
        return _sorted([node, *self.subjects(CQ + "canonical", node)])

    # -- descriptions -------------------------------------------------------------------------------------------

    def description(self, node: NamedNode) -> Description:
        if ask.is_entity(self.store, node):
            return self.entity(ask.canonical(self.store, node))
        sections = (Section(title, self.outgoing(node, predicate)) for title, predicate in _FROM_NODE)
        views = Section("Characterized as", self.incoming([node], CQ + "characterizes"))
        return Description(
            node.value,
            self.label(node),
            self.types([node]),
            date=self.value(self.statement_of(node) or node, DCTERMS + "issued"),
            words=self.words(node, _DIRECT_WORDS),
            sections=tuple(section for section in (*sections, views) if section.facts),
        )

    def entity(self, node: NamedNode) -> Description:
        members = self.members(node)
        label = self.label(node)
        names = {name for each in members for kind in ("label", "altLabel") for name in self.names(each, kind)}
        same = {name for each in members for kind in _SAME for name in self.values(each, kind)}
        posts = {self.label(body) for each in members for body in self.objects(each, ORG + "postIn")}
        countries = sorted({code for each in members for code in self.values(each, CQ + "countryCode")})
        return Description(
            node.value,
            label,
            self.types(members),
            tuple(sorted(names - {label})),
            tuple(sorted(same - {each.value for each in members})),
            ", ".join(countries),
            tuple(sorted(posts)),
            self.tenures(members, CQ + "capacity", PROV + "agent"),
            self.tenures(members, PROV + "agent", CQ + "capacity"),
            sections=tuple(self.entity_sections(members)),
            joined=self.joined(members),
        )

    def tenures(self, members: list[NamedNode], near: str, far: str) -> tuple[Tenure, ...]:
        """Return what attributions lead to from the members (at ``near``) at their other end, ``far``."""
        found: dict[NamedNode, set[tuple[str, str]]] = {}
        for attribution in _sorted(each for member in members for each in self.subjects(near, member)):
            for statement in self.subjects(PROV + "qualifiedAttribution", attribution):
                for other in self.objects(attribution, far):
                    entry = (self.value(statement, DCTERMS + "issued"), statement.value)
                    found.setdefault(ask.canonical(self.store, other), set()).add(entry)
        return tuple(sorted((self.tenure(other, seen) for other, seen in found.items()), key=_by_date))

    def tenure(self, other: NamedNode, seen: set[tuple[str, str]]) -> Tenure:
        dates = sorted(date for date, _ in seen if date)
        statements = tuple(statement for _, statement in sorted(seen))
        return Tenure(other.value, self.label(other), dates[0] if dates else "", dates[-1] if dates else "", statements)

    def joined(self, members: list[NamedNode]) -> tuple[Joined, ...]:
        """Return under which names and for which reasons entities were joined, the commonest first."""
        counts: Counter[tuple[str, float, str]] = Counter()
        for each in members:
            for link in self.subjects(RDF + "subject", each):
                if CQ + "Link" in self.values(link, RDF + "type"):
                    score = float(self.value(link, CQ + "score"))
                    counts[self.label(each), score, "; ".join(self.values(link, CQ + "reason"))] += 1
        found = (Joined(name, number, score, reason) for (name, score, reason), number in counts.items())
        return tuple(sorted(found, key=lambda each: (-each.entities, each.name, each.reason)))

    def names(self, node: NamedNode, kind: str) -> list[str]:
        return self.values(node, (RDFS if kind == "label" else SKOS) + kind)

    def entity_sections(self, members: list[NamedNode]) -> Iterator[Section]:
        issued = [statement for each in members for statement in self.subjects(CQ + "issuer", each)]
        sections = [(title, self.incoming(members, predicate)) for title, predicate in _TO_ENTITY]
        for title, predicate in _FROM_ISSUED:
            facts = [fact for statement in _sorted(issued) for fact in self.outgoing(statement, predicate)]
            sections.append((title, tuple(sorted(facts, key=_order))))
        yield from (Section(title, facts) for title, facts in sections if facts)

    def incoming(self, nodes: list[NamedNode], predicate: str) -> tuple[ShownFact, ...]:
        edges = [(subject, node) for node in nodes for subject in self.subjects(predicate, node)]
        # An attribution repeats its statement's edges.
        edges = [
            (subject, node) for subject, node in edges if PROV + "Attribution" not in self.values(subject, RDF + "type")
        ]
        return tuple(sorted((self.fact(subject, predicate, node, subject) for subject, node in edges), key=_order))

    def outgoing(self, node: NamedNode, predicate: str) -> tuple[ShownFact, ...]:
        facts = (self.fact(node, predicate, each, each) for each in self.objects(node, predicate))
        return tuple(sorted(facts, key=_order))

    # -- facts and their words ----------------------------------------------------------------------------------

    def fact(self, subject: NamedNode, predicate: str, obj: NamedNode, shown: NamedNode) -> ShownFact:
        """Return an edge with its words: those of its fact, else those of the thing shown, else those that name it."""
        statement = self.statement_of(subject)
        document = self.document_of(statement or subject)
        bearer = self.reified(subject, predicate, obj) or shown
        words = self.words(bearer, _FACT_WORDS if bearer != shown else _DIRECT_WORDS)
        if predicate == CQ + "mentions":
            words = self.naming(obj, document)
        confidence = self.value(bearer, CQ + "confidence")
        return ShownFact(
            label=self.label(shown),
            iri=shown.value,
            note=self.note(shown),
            statement=statement.value if statement else "",
            date=self.value(statement, DCTERMS + "issued") if statement else "",
            document=document.value if document else "",
            title=self.value(document, DCTERMS + "title") if document else "",
            source=", ".join(self.values(document, DCTERMS + "source")) if document else "",
            confidence=float(confidence) if confidence else None,
            words=words,
        )

    def reified(self, subject: NamedNode, predicate: str, obj: NamedNode) -> NamedNode | None:
        for fact in self.subjects(RDF + "subject", subject):
            if predicate in self.values(fact, RDF + "predicate") and obj in self.objects(fact, RDF + "object"):
                return fact
        return None

    def words(self, bearer: NamedNode, roles: Iterable[tuple[str, str]]) -> tuple[Words, ...]:
        found = (self.span(role, span) for role, predicate in roles for span in self.objects(bearer, predicate))
        return tuple(words for words in found if words)

    def naming(self, entity: NamedNode, document: NamedNode | None) -> tuple[Words, ...]:
        """Return the words of a document that name an entity."""
        start = f"{document.value}#" if document else ""
        spans = [span for span in self.subjects(ITSRDF + "taIdentRef", entity) if span.value.startswith(start)]
        found = (self.span("name", span) for span in spans)
        return tuple(sorted((words for words in found if words), key=lambda words: words.begin))

    def span(self, role: str, span: NamedNode) -> Words | None:
        begin, end = self.value(span, NIF + "beginIndex"), self.value(span, NIF + "endIndex")
        text = self.value(span, NIF + "anchorOf")
        found_by = self.value(span, CQ + "foundBy") if role == "name" else ""
        return Words(role, text, int(begin), int(end), found_by) if begin and end and text else None

    def statement_of(self, node: NamedNode) -> NamedNode | None:
        """Return the statement that a node is or belongs to."""
        if CQ + "Statement" in self.values(node, RDF + "type"):
            return node
        for predicate in _STATEMENT_OF:
            for statement in self.subjects(predicate, node):
                return statement
        return None

    def document_of(self, node: NamedNode) -> NamedNode | None:
        if CQ + "Document" in self.values(node, RDF + "type"):
            return node
        return next(iter(self.objects(node, CQ + "reportedIn")), None)

    def note(self, node: NamedNode) -> str:
        """Return who says so of an event or demand, so that a claim is never shown without its claimant."""
        statement = self.statement_of(node)
        if statement is None or statement == node:
            return ""
        voices = self.objects(node, CQ + "attributedTo") or self.objects(statement, CQ + "issuer")
        names = [self.label(ask.canonical(self.store, each)) for each in voices]
        said = f"according to {' and '.join(names)}" if names else f"according to: {self.label(statement)}"
        told = [_local(name) for kind in (SEM + "eventType", CQ + "modality") for name in self.values(node, kind)]
        return ", ".join([*told, said])


def _sorted(nodes: Iterable[object]) -> list[NamedNode]:
    return sorted({node for node in nodes if isinstance(node, NamedNode)}, key=lambda node: node.value)


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _by_date(tenure: Tenure) -> tuple[str, str, str]:
    return tenure.first, tenure.label, tenure.iri


def _order(fact: ShownFact) -> tuple[str, str, int, str]:
    return fact.date, fact.statement, min((words.begin for words in fact.words), default=0), fact.iri


# -- writing ----------------------------------------------------------------------------------------------------------


def render(description: Description, base: str = vocab.DEFAULT_BASE) -> str:
    """Return a description as text for reading; IRIs relative to ``base`` where they begin with it."""
    if description.candidates:
        lines = [f"{description.label!r} may mean {len(description.candidates)} entities:", ""]
        for each in description.candidates:
            lines.append(f"  {each.label} ({', '.join(each.types)})  {each.iri.removeprefix(base)}")
        return "\n".join([*lines, "", "Show one by its IRI.", ""])
    lines = [f"{description.label} ({', '.join(description.types)})", description.iri]
    for title, values in (
        ("Also named", description.names),
        ("Same as", description.identifiers),
        ("Country", (description.country,)),
        ("Post in", description.post_in),
        ("Held by", tuple(map(_tenure, description.holders))),
        ("Offices", tuple(map(_tenure, description.offices))),
        ("Date", (description.date,)),
    ):
        if any(values):
            lines.append(f"{title}: {'; '.join(values)}")
    lines += _render_words(description.words, "  ")
    if description.joined:
        lines += ["", "Joined across documents"]
    for link in description.joined:
        lines.append(f"- {link.name} ({link.entities} times): {link.reason}  [score {link.score:.2f}]")
    for section in description.sections:
        lines += ["", f"{section.title} ({len(section.facts)})"]
        for fact in section.facts:
            lines += _render_fact(fact, base, description.iri)
    return "\n".join(lines) + "\n"


def _tenure(tenure: Tenure) -> str:
    when = tenure.first if tenure.first == tenure.last else f"{tenure.first} to {tenure.last}"
    count = len(tenure.statements)
    return f"{tenure.label} ({when or 'undated'}; {count} statement{'s' if count > 1 else ''})"


def _render_fact(fact: ShownFact, base: str, shown: str) -> Iterator[str]:
    sure = f"  [confidence {fact.confidence:g}]" if fact.confidence is not None else ""
    yield f"- {fact.label}{f' ({fact.note})' if fact.note else ''}{sure}"
    yield f"    {fact.iri.removeprefix(base)}"
    if fact.statement != shown:
        where = [fact.title and f"“{fact.title}”", fact.source, fact.date]
        yield f"    in {', '.join(part for part in where if part)}" if any(where) else "    in a document without title"
    yield from _render_words(fact.words, "    ")


def _render_words(words: Iterable[Words], indent: str) -> Iterator[str]:
    for each in words:
        why = f"  [{each.found_by}]" if each.found_by else ""
        yield f"{indent}{each.role} {each.begin}-{each.end}: «{' '.join(each.text.split())}»{why}"
