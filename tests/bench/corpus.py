"""Makes statement data of any size: invented documents in which some entities are named often and most are rare.

The documents are readings (:class:`communique.model.Reading`) as extraction would make them, put together sentence by
sentence so that every span is true of its text, and written by the real :mod:`communique.triples`. States, bodies,
people and places are drawn by Zipf's law: the entity of rank r about r times less often than the first. A number of
documents gives the same documents on every machine, and the first n of a larger number are those of n.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from pyoxigraph import Quad

from communique import model, triples
from communique.vocab import EVENT_TYPES, KINDS, document_id, slug

QUADS_A_DOCUMENT = 750
"""About how many quads a document has."""

_SYLLABLES = (
    "bar",
    "den",
    "kor",
    "lin",
    "mas",
    "nev",
    "ost",
    "pel",
    "rin",
    "sol",
    "tav",
    "ul",
    "var",
    "wen",
    "yar",
    "zem",
)
_VERBS = (
    "shelled",
    "blocked",
    "detained",
    "visited",
    "signed",
    "expelled",
    "rebuilt",
    "searched",
    "occupied",
    "opened",
)
_JUDGEMENTS = ("a flagrant breach of the accord", "an act of good will", "a threat to the peace of the region")
_ACTIONS = ("release those who are held", "send observers to the valley", "return to the talks", "lift the blockade")
_WORDS = ("the road", "the border", "the accord", "the valley", "the bridge", "the talks", "the village", "the harbour")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class _Zipf:
    """Draws numbers below ``size``: number r about 1/(r+1) as often as 0."""

    def __init__(self, size: int) -> None:
        self._weights = list(accumulate(1 / rank for rank in range(1, size + 1)))
        self._numbers = range(size)

    def draw(self, chance: random.Random) -> int:
        return chance.choices(self._numbers, cum_weights=self._weights)[0]


def _name(number: int) -> str:
    """Return an invented name, each number another."""
    parts = []
    while number or len(parts) < 2:
        number, rest = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[rest])
    return "".join(parts).capitalize()


_STATES, _BODIES, _PEOPLE, _PLACES = _Zipf(60), _Zipf(600), _Zipf(20_000), _Zipf(20_000)


@dataclass
class _Page:
    """A text in the making, with the document's entities."""

    text: str = ""
    roles: list[model.Role] = field(default_factory=list)

    def sentence(self, *pieces: str) -> list[model.Span]:
        """Add a sentence; return its span, then that of each piece."""
        spans, at = [], len(self.text)
        for piece in pieces:
            spans.append(model.Span(at, at + len(piece)))
            at += len(piece) + 1
        line = " ".join(pieces) + "."
        begin = len(self.text)
        self.text += line + "\n"
        return [model.Span(begin, begin + len(line)), *spans]


class _Writer:
    """Writes one document."""

    def __init__(self, number: int, document: str = "") -> None:
        self.number = number
        self.document = document
        self.chance = random.Random(number)
        self.page = _Page()

    # -- entities -----------------------------------------------------------------------------------------------

    def state(self) -> model.Entity:
        number = _STATES.draw(self.chance)
        name, code = f"{_name(number)}ia", f"X{chr(65 + number % 26)}"
        path = f"place/x{number:03}"
        return model.Entity(path, model.EntityType.STATE, name, (f"Republic of {name}",), code, path)

    def body(self) -> model.Entity:
        name = f"{_name(_BODIES.draw(self.chance))} Council"
        path = f"org/{slug(name)}"
        return model.Entity(path, model.EntityType.ORG, name, (), "", path)

    def _local(self, kind: model.EntityType, name: str, **more: str) -> model.Entity:
        return model.Entity(f"{kind.value}/{self.document}-{slug(name)}", kind, name, **more)

    def person(self) -> model.Entity:
        number = _PEOPLE.draw(self.chance)
        return self._local(model.EntityType.PERSON, f"{_name(number % 997)} {_name(number)}son")

    def place(self) -> model.Entity:
        number = _PLACES.draw(self.chance)
        return self._local(model.EntityType.PLACE, f"{_name(number)}burg", country=f"X{chr(65 + number % 26)}")

    def office(self, state: model.Entity) -> model.Entity:
        return self._local(
            model.EntityType.OFFICE, f"Minister of {state.label}", country=state.country, post_in=state.path
        )

    def role(
        self, entity: model.Entity, span: model.Span, evidence: model.Span, cue: model.Span | None = None
    ) -> model.Role:
        words = span.of(self.page.text)
        score = self.chance.randrange(60, 99) / 100
        mention = model.Mention(span, words, entity.type, words, "pattern", score, entity.key, entity.country)
        role = model.Role(mention, evidence, cue, score, entity)
        self.page.roles.append(role)
        return role

    # -- sentences ----------------------------------------------------------------------------------------------

    def reading(self) -> model.Reading:
        page, chance = self.page, self.chance
        year, month, day = 2015 + chance.randrange(17), chance.randrange(12), chance.randrange(1, 29)
        issued = f"{year}-{month + 1:02}-{day:02}"
        title = page.sentence(f"Statement {self.number} on {chance.choice(_WORDS)}")[0]
        state, person = self.state(), self.person()
        office = self.office(state)
        kinds = chance.sample(KINDS, chance.randrange(1, 3))
        to = [self.body() for _ in range(chance.randrange(1, 4))]
        names = [each.label for each in to]
        spans = page.sentence("The", office.label, person.label, "made a", " and ".join(kinds), "to", *names, "today")
        introduction, _, at_office, at_person, _, at_kind, cue, *at_names, _ = spans
        statement = model.Statement(
            introduction,
            f"{kinds[0].capitalize()} by {person.label}, {issued}",
            issued,
            kinds=tuple(model.Kind(kind, introduction, at_kind, 0.9) for kind in kinds),
            attributions=(
                model.Attribution(
                    self.role(person, at_person, introduction),
                    self.role(office, at_office, introduction),
                    self.role(state, model.Span(at_office.end - len(state.label), at_office.end), introduction),
                ),
            ),
            recipients=tuple(self.role(b, s, introduction, cue) for b, s in zip(to, at_names, strict=True)),
            events=tuple(self.event(year) for _ in range(chance.randrange(2, 6))),
            demands=tuple(self.demand() for _ in range(chance.randrange(1, 4))),
            quotations=tuple(self.quotation(person) for _ in range(chance.randrange(3))),
        )
        judgement = self.judgement(statement.events[0])
        mentions = tuple(self.mention() for _ in range(chance.randrange(2, 6)))
        for _ in range(chance.randrange(4)):
            page.sentence("Nothing else was said of", chance.choice(_WORDS), "or of", chance.choice(_WORDS))
        name, digest = document_id(page.text.encode())
        return model.Reading(
            model.Document(
                name,
                digest,
                f"bench/{self.number:07}.txt",
                page.text,
                metadata=model.Metadata(form="NewsArticle", language="en"),
            ),
            model.Header(model.Span(title.end + 1, len(page.text)), title=title, issued=issued),
            (replace(statement, characterizations=(judgement,), mentions=mentions),),
            entities=tuple(dict.fromkeys((*(r.entity for r in page.roles if r.entity), state))),
            mentions=tuple(role.mention for role in page.roles),
        )

    def event(self, year: int) -> model.Event:
        chance, agent, place, patient = self.chance, self.body(), self.place(), self.state()
        month, day = chance.randrange(12), chance.randrange(1, 29)
        verb = chance.choice(_VERBS)
        when = f"{day} {_MONTHS[month]} {year}"
        spans = self.page.sentence("On", when, "the", agent.label, verb, patient.label, "near", place.label)
        whole, _, at_when, _, at_agent, trigger, at_patient, near, at_place = spans
        return model.Event(
            trigger,
            whole,
            chance.choice(EVENT_TYPES),
            chance.choices(("asserted", "denied", "hypothetical", "planned"), (80, 8, 5, 7))[0],
            f"{verb} {patient.label}",
            agents=(self.role(agent, at_agent, whole),),
            patients=(self.role(patient, at_patient, whole),),
            places=(self.role(place, at_place, whole, near),),
            times=(model.TimeRef(at_when, f"{year}-{month + 1:02}-{day:02}", whole, 0.95),),
        )

    def demand(self) -> model.Demand:
        body, action = self.body(), self.chance.choice(_ACTIONS)
        whole, _, cue, at_body, _, at_action = self.page.sentence("He", "calls on", body.label, "to", action)
        return model.Demand(at_action, whole, action, (self.role(body, at_body, whole, cue),), cue)

    def quotation(self, speaker: model.Entity) -> model.Quotation:
        said = f"We shall speak of {self.chance.choice(_WORDS)} and of {self.chance.choice(_WORDS)}"
        whole, at_speaker, _, quoted = self.page.sentence(speaker.label, "said:", f"“{said}”")
        inner = model.Span(quoted.begin + 1, quoted.end - 1)
        return model.Quotation(inner, whole, said, self.role(speaker, at_speaker, whole))

    def judgement(self, event: model.Event) -> model.Characterization:
        phrase = self.chance.choice(_JUDGEMENTS)
        whole, _, _, _, at = self.page.sentence("This", "on the part of all", "is", phrase)
        return model.Characterization(at, whole, phrase, event.trigger)

    def mention(self) -> model.Role:
        entity = self.chance.choice((self.place, self.body, self.state))()
        whole, _, at = self.page.sentence("The talks concern", entity.label)
        return self.role(entity, at, whole)


def readings(documents: int) -> Iterator[model.Reading]:
    """Yield so many documents."""
    for number in range(1, documents + 1):
        yield _reading(number)


def _reading(number: int) -> model.Reading:
    """Return a document: its entities bear its id, which is the hash of its text, so the text comes first."""
    return _Writer(number, _Writer(number).reading().document.id).reading()


def documents(quads: int) -> Iterator[tuple[str, list[Quad]]]:
    """Yield the ids and quads of documents until there are so many quads."""
    number = total = 0
    while total < quads:
        number += 1
        reading = _reading(number)
        made = triples.quads(reading)
        total += len(made)
        yield reading.document.id, made
