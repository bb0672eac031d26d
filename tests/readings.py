"""Hand-made readings of invented documents: what extraction and linking would hand to ``triples``.

All states, bodies and people here are invented, save bodies of the United Nations and the OSCE as recipients.
"""

from __future__ import annotations

from communique.model import (
    Attribution,
    Characterization,
    Demand,
    Document,
    Entity,
    EntityType,
    Event,
    Header,
    Kind,
    Mention,
    Metadata,
    Quotation,
    Reading,
    Role,
    Span,
    Statement,
    TimeRef,
)
from communique.vocab import document_id, slug

UN_COUNCIL = Entity(
    "org/un-security-council",
    EntityType.ORG,
    "United Nations Security Council",
    names=("UN Security Council",),
    key="org/un-security-council",
)
OSCE = Entity(
    "org/osce", EntityType.ORG, "Organization for Security and Co-operation in Europe", ("OSCE",), "", "org/osce"
)


class Sample:
    """A text in which spans, mentions and roles are named by their words."""

    def __init__(self, text: str, source: str, metadata: Metadata | None = None) -> None:
        self.text = text
        name, digest = document_id(text.encode())
        self.document = Document(name, digest, source, text, metadata=metadata or Metadata())

    def span(self, words: str, nth: int = 0) -> Span:
        """Return where the words stand (the nth time, from 0)."""
        at = -1
        for _ in range(nth + 1):
            at = self.text.index(words, at + 1)
        return Span(at, at + len(words))

    def sentence(self, words: str, nth: int = 0) -> Span:
        """Return the line that holds the words."""
        at = self.span(words, nth).begin
        begin = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return Span(begin, len(self.text) if end < 0 else end)

    def local(self, type_: EntityType, label: str, **more: object) -> Entity:
        """Return an entity local to the document."""
        return Entity(f"{type_.value}/{self.document.id}-{slug(label)}", type_, label, **more)  # type: ignore[arg-type]

    def role(self, words: str, entity: Entity, nth: int = 0, cue: str = "", confidence: float = 0.9) -> Role:
        """Return an edge that rests on the line in which the words stand."""
        span = self.span(words, nth)
        mention = Mention(span, words, entity.type, words, "pattern", 0.85, entity.key, entity.country)
        return Role(mention, self.sentence(words, nth), self.span(cue) if cue else None, confidence, entity)


def protest() -> Reading:
    """An ombudsman of an invented republic protests to two bodies: every class of the model occurs."""
    s = Sample(
        "Commissioner of Varenia appeals over border incident\n\n"
        "Tarsk, 4 March 2031\n\n"
        "The Commissioner for Human Rights of the Republic of Varenia, Mira Solenko, sent a protest to the UN Security "
        "Council and the OSCE.\n"
        "On 2 March 2031 Ostmark border troops detained six shepherds near Lower Brenn.\n"
        "It is emphasized that: «The shepherds had crossed no line on any map.»\n"
        "The detention is a flagrant breach of the 2029 Brenn Protocol.\n"
        "The Commissioner calls on the OSCE to secure the release of the shepherds.\n",
        "varenia/protest.txt",
        Metadata(form="NewsArticle", language="en"),
    )
    varenia = Entity("place/xv", EntityType.STATE, "Varenia", ("Republic of Varenia",), "XV", "place/xv")
    solenko = s.local(EntityType.PERSON, "Mira Solenko", names=("Solenko",))
    office = s.local(
        EntityType.OFFICE,
        "Commissioner for Human Rights of the Republic of Varenia",
        country="XV",
        post_in=varenia.path,
    )
    troops = s.local(EntityType.ORG, "Ostmark border troops")
    shepherds = s.local(EntityType.GROUP, "six shepherds")
    brenn = s.local(EntityType.PLACE, "Lower Brenn", country="XV")
    protocol = s.local(EntityType.INSTRUMENT, "2029 Brenn Protocol")
    introduction = s.sentence("sent a protest")
    detention = Event(
        s.span("detained"),
        s.sentence("detained"),
        "coerce",
        "asserted",
        "detention of six shepherds",
        agents=(s.role("Ostmark border troops", troops),),
        patients=(s.role("six shepherds", shepherds),),
        places=(s.role("Lower Brenn", brenn, cue="near"),),
        times=(TimeRef(s.span("2 March 2031"), "2031-03-02", s.sentence("detained"), 0.95),),
        also=(s.span("detention"),),
    )
    speaker = s.role("Mira Solenko", solenko, confidence=0.95)
    statement = Statement(
        introduction,
        "Protest by Mira Solenko, 4 March 2031",
        "2031-03-04",
        kinds=(
            Kind("protest", introduction, s.span("protest"), 0.9),
            Kind("appeal", s.sentence("calls on"), None, 0.8),
        ),
        attributions=(
            Attribution(
                speaker,
                s.role("Commissioner for Human Rights of the Republic of Varenia", office),
                s.role("Republic of Varenia", varenia),
            ),
        ),
        recipients=(
            s.role("UN Security Council", UN_COUNCIL, cue="sent"),
            s.role("OSCE", OSCE, cue="sent"),
        ),
        events=(detention,),
        demands=(
            Demand(
                s.span("secure the release of the shepherds"),
                s.sentence("calls on"),
                "secure the release of the shepherds",
                (s.role("OSCE", OSCE, nth=1),),
                s.span("calls on"),
            ),
        ),
        quotations=(
            Quotation(
                s.span("The shepherds had crossed no line on any map."),
                s.sentence("emphasized"),
                "No line crossed",
                speaker,
            ),
        ),
        characterizations=(
            Characterization(
                s.span("a flagrant breach of the 2029 Brenn Protocol"),
                s.sentence("flagrant"),
                "a flagrant breach",
                s.span("detention"),
            ),
        ),
        cites=(s.role("2029 Brenn Protocol", protocol),),
        mentions=(
            s.role("Lower Brenn", brenn),
            s.role("Varenia", varenia),
            s.role("Ostmark border troops", troops),
            s.role("OSCE", OSCE),
        ),
    )
    header = Header(
        Span(s.text.index("The Commissioner"), len(s.text)),
        s.span("Commissioner of Varenia appeals over border incident"),
        "2031-03-04T09:30+02:00",
        s.span("4 March 2031"),
    )
    return Reading(
        s.document,
        header,
        (statement,),
        (solenko, office, varenia, troops, shepherds, brenn, protocol, UN_COUNCIL, OSCE),
    )


def condolence() -> Reading:
    """A minister of another invented state condoles; the day is known to the month only, and the text holds emoji."""
    s = Sample(
        "Message of condolence 🕊\n\n"
        "Foreign Minister Orlan Dask of Ostmark conveyed condolences to Mira Solenko.\n"
        "The floods of February 2031 in Lower Brenn claimed lives between 3 and 9 February.\n",
        "https://example.org/ostmark/condolence?id=7",
        Metadata(title="Message of condolence", issued="2031-03"),
    )
    ostmark = Entity("place/xo", EntityType.STATE, "Ostmark", (), "XO", "place/xo")
    dask = s.local(EntityType.PERSON, "Orlan Dask")
    solenko = s.local(EntityType.PERSON, "Mira Solenko")
    office = s.local(EntityType.OFFICE, "Foreign Minister", country="XO", post_in=ostmark.path)
    brenn = s.local(EntityType.PLACE, "Lower Brenn", country="XV")
    flood = Event(
        s.span("floods"),
        s.sentence("floods"),
        "disaster",
        "asserted",
        "floods in Lower Brenn",
        places=(s.role("Lower Brenn", brenn),),
        times=(
            TimeRef(s.span("February 2031"), "2031-02", s.sentence("floods")),
            TimeRef(s.span("between 3 and 9 February"), "2031-02-03--2031-02-09", s.sentence("floods")),
        ),
    )
    introduction = s.sentence("conveyed")
    statement = Statement(
        introduction,
        "Condolence by Orlan Dask",
        "2031-03",
        kinds=(Kind("condolence", introduction, s.span("condolences")),),
        attributions=(
            Attribution(s.role("Orlan Dask", dask), s.role("Foreign Minister", office), s.role("Ostmark", ostmark)),
        ),
        recipients=(s.role("Mira Solenko", solenko, cue="to"),),
        events=(flood,),
        mentions=(s.role("Lower Brenn", brenn), s.role("Ostmark", ostmark)),
    )
    header = Header(Span(s.text.index("Foreign"), len(s.text)), s.span("Message of condolence"), "2031-03")
    return Reading(s.document, header, (statement,), (dask, solenko, office, brenn, ostmark))


def notice() -> Reading:
    """A document of one line by a body that speaks for itself; it reports nothing."""
    s = Sample("The OSCE announced a meeting.\n", "notices/notice.txt")
    line = s.sentence("announced")
    osce = s.role("OSCE", OSCE)
    statement = Statement(
        line,
        "Announcement by the OSCE",
        kinds=(Kind("announcement", line, s.span("announced")),),
        attributions=(Attribution(osce, None, osce),),
        mentions=(osce,),
    )
    return Reading(s.document, Header(Span(0, len(s.text))), (statement,), (OSCE,))


def all_readings() -> list[Reading]:
    """Return the three readings."""
    return [protest(), condolence(), notice()]
