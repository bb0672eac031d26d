"""What holds of every reading, whatever the text: it ends, its spans lie in the text, its words are verbatim."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.authority.records import Authority
from communique.extract.statement import read_statement
from communique.link import link
from communique.model import Document, Reading, Role, Span, Statement
from communique.vocab import EVENT_TYPES, KINDS, MODALITIES, document_id

WORDS = [
    *(
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "by",
        "for",
        "on",
        "with",
        "who",
        "which",
        "We",
        "I",
        "they",
        "if",
        "not",
    ),
    *("Minister", "President", "Ombudsman", "Ministry", "UN", "OSCE", "Security", "Council", "army", "troops", "Mr"),
    *(
        "Norway",
        "Norwegian",
        "Oslo",
        "Orrin",
        "Dosta",
        "Irma",
        "J.",
        "Geneva",
        "Conventions",
        "resolution",
        "2254",
        "Law",
    ),
    *("said", "condemned", "calls", "urges", "statement", "released", "shelled", "killed", "denied", "letter", "joint"),
    *("will", "must", "should", "3", "May", "2021", "yesterday", "Monday"),
]
MARKS = [*'.,:;"“”«»()[]-–!', "\n", "\n\n", "'s", "’s", "..."]
TEXTS = st.lists(st.sampled_from([*WORDS, *MARKS]), min_size=1, max_size=80).map(" ".join)


def reading_of(text: str) -> Reading:
    authority = Authority.load()
    name, digest = document_id(text.encode())
    return link(read_statement(Document(name, digest, "a.txt", text), authority), authority)


def roles(statement: Statement) -> Iterator[Role]:
    for attribution in statement.attributions:
        yield from (r for r in (attribution.issuer, attribution.capacity, attribution.on_behalf_of) if r)
    yield from (*statement.recipients, *statement.cites, *statement.mentions)
    for event in statement.events:
        yield from (*event.agents, *event.patients, *event.places)
    for demand in statement.demands:
        yield from demand.addressees
    yield from (q.speaker for q in statement.quotations if q.speaker)


def spans(statement: Statement) -> Iterator[Span]:
    yield statement.span
    for event in statement.events:
        yield from (event.trigger, event.evidence, *event.also, *(t.span for t in event.times))
    for demand in statement.demands:
        yield from (demand.action, demand.evidence)
    for part in (*statement.quotations, *statement.characterizations):
        yield from (part.span, part.evidence)
    for role in roles(statement):
        yield from (role.mention.span, role.evidence, *([role.cue] if role.cue else []))


def check(text: str) -> None:
    reading = reading_of(text)
    listed = set(reading.entities)
    for statement in reading.statements:
        assert all(0 <= s.begin <= s.end <= len(text) for s in spans(statement))
        for role in roles(statement):
            assert role.entity in listed
            assert 0 < role.confidence <= 1
            assert role.mention.span.of(text) == role.mention.text or not len(role.mention.span)
        assert all(e.type in EVENT_TYPES and e.modality in MODALITIES for e in statement.events)
        assert {k.name for k in statement.kinds} <= set(KINDS)
        assert len({e.trigger for e in statement.events}) == len(statement.events)


@settings(max_examples=150, deadline=4000, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_every_reading_keeps_to_its_text(text: str) -> None:
    check(text)


@settings(max_examples=60, deadline=4000)
@given(st.text(max_size=300))
def test_any_characters_are_read_without_complaint(text: str) -> None:
    check(text)


@settings(max_examples=25, deadline=4000)
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert reading_of(text) == reading_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Statement of the President of the Council, Irma Dosta, and the Prime Minister of Norway's Government's",
        "Dear Mr",
        "[COMMUNIQUE] [",
        "“" * 50,
        "of " * 200,
        "UN, " * 200 + "and the OSCE.",
    ],
)
def test_odd_texts_end(text: str) -> None:
    check(text)
