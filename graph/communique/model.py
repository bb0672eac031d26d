"""The dataclasses that travel through the program: documents, spans, mentions, entities, statements and their facts.

All are frozen; all positions are offsets in Unicode code points into :attr:`Document.text`.

The stages of ``extract`` fill facts with :class:`Mention` (words in the text); ``link`` then sets
:attr:`Role.entity`, and ``triples`` writes both. Nothing here knows RDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


@dataclass(slots=True, order=True, unsafe_hash=True)
class Span:
    """A half-open range ``[begin, end)`` of code points in a document's text.

    Unchanging, which the type checker sees to: there are so many that guarding each at run time would be felt.
    """

    begin: Final[int]
    end: Final[int]

    def __len__(self) -> int:
        return self.end - self.begin

    def of(self, text: str) -> str:
        """Return the words of the span."""
        return text[self.begin : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a code point."""
        return self.begin < other.end and other.begin < self.end

    def holds(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly inside this span."""
        return self.begin <= other.begin and other.end <= self.end


class EntityType(StrEnum):
    """What an entity is; the value is the first segment of its IRI."""

    PERSON = "person"
    ORG = "org"
    OFFICE = "office"
    STATE = "state"  # a country: place and actor at once; its IRI is place/xx
    PLACE = "place"
    GROUP = "group"  # described, not named ("prisoners"): local to its document, never linked
    INSTRUMENT = "instrument"  # treaty, resolution, law, report


class Ner(StrEnum):
    """Which statistical model proposes names beside the rules: none, or spaCy's small English one."""

    NONE = "none"
    SM = "sm"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the text that name or describe an entity.

    ``text`` is verbatim. ``name`` is the name they give (article, honorific and possessive stripped). ``key`` is the
    authority record's key (``org/un-security-council``, ``place/az``) where there is one. ``source`` says which rule
    proposed the mention (``authority``, ``pattern``, ``office``, ``gazetteer``, ``apposition``, ``chunk``), ``score``
    how sure that rule is (0 to 1). ``country`` is an ISO 3166 alpha-2 code or ``""``. ``within`` names the body an
    office belongs to: verbatim where the text says so, by its record's key where the office's record does. ``reason``
    tells which other readings of the words the arbiter set aside for this one; it is no part of what a mention is.
    """

    span: Span
    text: str
    type: EntityType
    name: str
    source: str
    score: float = 0.8
    key: str = ""
    country: str = ""
    within: str = ""
    reason: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body, office, place, group or instrument of one document.

    ``path`` is the IRI relative to the base. ``label`` is the authority record's label or the fullest name the text
    uses; ``names`` holds every other name (sorted). ``country`` is an ISO code or ``""``. ``post_in`` is the path of
    the body an office belongs to. ``key`` is the authority key or ``""`` for an entity local to its document.
    ``described`` says that an office or instrument is described and not named.
    """

    path: str
    type: EntityType
    label: str
    names: tuple[str, ...] = ()
    country: str = ""
    key: str = ""
    post_in: str = ""
    described: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """An edge to an entity with the words it rests on.

    ``evidence`` is the sentence or clause, ``mention.span`` the span of the name, ``cue`` the word that carries the
    relation ("sent to"), where there is one. ``entity`` is set by linking.
    """

    mention: Mention
    evidence: Span
    cue: Span | None = None
    confidence: float = 0.8
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class TimeRef:
    """A time named in the text. ``value`` is ``2021``, ``2021-05``, ``2021-05-27`` or ``2020-09-27--2020-11-10``."""

    span: Span
    value: str
    evidence: Span
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Kind:
    """What the statement does (a concept of the ``kind:`` scheme), with the words that say so."""

    name: str
    evidence: Span
    cue: Span | None = None
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, in which capacity, for whom."""

    issuer: Role
    capacity: Role | None = None
    on_behalf_of: Role | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event that the statement reports; ``also`` lists the triggers of further mentions of the same event.

    ``source`` is who is said to assert, allege or deny it, where that is not the issuer ("Varenia alleges that ..."):
    the modality is then the source's.
    """

    trigger: Span
    evidence: Span
    type: str
    modality: str
    label: str
    agents: tuple[Role, ...] = ()
    patients: tuple[Role, ...] = ()
    places: tuple[Role, ...] = ()
    times: tuple[TimeRef, ...] = ()
    also: tuple[Span, ...] = ()
    confidence: float = 0.6
    source: Role | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that somebody is asked to do. ``action`` is the span of the verb phrase or clause, verbatim."""

    action: Span
    evidence: Span
    label: str
    addressees: tuple[Role, ...] = ()
    cue: Span | None = None
    confidence: float = 0.7


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech. ``span`` is what stands between the quotation marks."""

    span: Span
    evidence: Span
    label: str
    speaker: Role | None = None
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Characterization:
    """How the statement names an event in its own judgement ("a gross violation"), ``of`` the event's trigger."""

    span: Span
    evidence: Span
    label: str
    of: Span
    cue: Span | None = None
    confidence: float = 0.7


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with everything the document says of it. ``span`` is the clause that introduces it."""

    span: Span
    label: str = ""
    issued: str = ""
    kinds: tuple[Kind, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    recipients: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()
    demands: tuple[Demand, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    characterizations: tuple[Characterization, ...] = ()
    cites: tuple[Role, ...] = ()
    mentions: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the container of a text says of it (front matter, HTML head), each ``""`` where it says nothing.

    ``issued`` is ISO 8601: a year, month, day, or date-time with zone, as precise as the source. ``form`` is
    ``NewsArticle``, ``Article`` or ``Report`` (classes of schema.org).
    """

    title: str = ""
    publisher: str = ""
    author: str = ""
    issued: str = ""
    language: str = ""
    url: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its exact text and where it came from.

    ``id`` is the first 32 hex digits of ``sha256``, the hash of the input's bytes. ``source`` is its URL where known,
    else its path relative to the input's root (POSIX separators). ``text`` is the input decoded, byte-order mark
    removed, CRLF and CR turned into LF, nothing else changed; for HTML, the main text. ``findings`` holds what reading
    had to guess (the encoding).
    """

    id: str
    sha256: str
    source: str
    text: str
    media_type: str = "text/plain"
    metadata: Metadata = field(default_factory=Metadata)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above and around the body of a document: headline, publisher, dateline, date.

    ``title`` is a span of the text, or ``None`` where there is no headline in it. ``issued`` is ISO 8601 as precise as
    the text (date-time with zone where given). ``body`` is where the running text begins and ends: front matter,
    headline, captions and datelines stand before it, footers after it. ``dateline_place`` is the span of the place
    name in a dateline. ``publisher`` and ``author`` are names with their spans, where they stand in the text.
    """

    body: Span
    title: Span | None = None
    issued: str = ""
    issued_span: Span | None = None
    dateline_place: Span | None = None
    publisher: str = ""
    publisher_span: Span | None = None
    byline: Span | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: where, how bad, what, and what to do.

    ``severity`` is ``error``, ``warning`` or ``info``. ``begin`` and ``end`` are offsets where the finding is about a
    place in the text, else -1. ``shape``, ``component`` and ``path`` are the IRIs of the SHACL shape, its constraint
    component and the property it is about, where a shape found it.
    """

    source: str
    severity: str
    message: str
    document: str = ""
    shape: str = ""
    focus: str = ""
    begin: int = -1
    end: int = -1
    words: str = ""
    component: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document: what ``triples`` writes and what Python users get.

    ``mentions`` are all names found in the text: linking takes from them every way the text names an entity.
    """

    document: Document
    header: Header
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...] = ()
    publisher: Role | None = None
    mentions: tuple[Mention, ...] = ()
