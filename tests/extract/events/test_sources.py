"""Who vouches for an event: the issuer, or somebody else whose claim the statement relates."""

from __future__ import annotations

import pytest

from communique.extract.events.events import find_events
from communique.extract.temporal.times import time_expressions
from communique.extract.text import Context, Text
from communique.model import Document, EntityType, Event, Header, Mention, Span

NAMES = {
    "Varenia": (EntityType.STATE, "QA"),
    "Kestria": (EntityType.STATE, "QC"),
    "Harbour League": (EntityType.ORG, ""),
    "Tove Orrin": (EntityType.PERSON, ""),
}


def events_of(text: str, speaker: str = "Varenia") -> list[Event]:
    mentions = [
        Mention(Span(at, at + len(name)), name, kind, name, "authority", 0.9, f"x/{name}" if country else "", country)
        for name, (kind, country) in NAMES.items()
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    context = Context(
        Document("d", "s", "t.txt", text),
        Header(Span(0, len(text)), issued="2023-05-10"),
        Text(text),
        sorted(mentions, key=lambda m: m.span),
    )
    kind, country = NAMES[speaker]
    issuer = Mention(Span(0, 0), speaker, kind, speaker, "authority", 0.9, f"x/{speaker}" if country else "", country)
    return find_events(context, time_expressions(context.text, "2023-05-10", context.header.body), [], [issuer])


def told(text: str, trigger: str, speaker: str = "Varenia") -> tuple[str, str, str]:
    """Return modality, source and cue of the event with a trigger; the latter two empty where the issuer vouches."""
    event = next(e for e in events_of(text, speaker) if text[e.trigger.begin : e.trigger.end] == trigger)
    if event.source is None:
        return event.modality, "", ""
    cue = event.source.cue
    assert cue is not None
    assert event.source.evidence.holds(event.trigger)
    return event.modality, event.source.mention.name, text[cue.begin : cue.end]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Kestria alleges that rebels bombed the dam.", "bombed", ("asserted", "Kestria", "alleges")),
        ("Kestria claims that rebels bombed the dam.", "bombed", ("asserted", "Kestria", "claims")),
        ("Kestria, for its part, claims that rebels bombed the dam.", "bombed", ("asserted", "Kestria", "claims")),
        ("Kestria says the rebels bombed the dam.", "bombed", ("asserted", "Kestria", "says")),
        ("Kestria accuses rebels of torturing ten sailors.", "torturing", ("asserted", "Kestria", "accuses")),
        ("Kestria accused rebels of having tortured guards.", "tortured", ("asserted", "Kestria", "accused")),
        ("Kestria has accused rebels of the murder of a guard.", "murder", ("asserted", "Kestria", "accused")),
        ("The rebels are accused by Kestria of torturing guards.", "torturing", ("asserted", "Kestria", "accused")),
        ("Kestria denied that its troops had bombed the dam.", "bombed", ("denied", "Kestria", "denied")),
        ("Kestria denied on Monday that it had bombed the dam.", "bombed", ("denied", "Kestria", "denied")),
        ("Kestria rejects claims that it bombed the dam.", "bombed", ("denied", "Kestria", "rejects")),
        ("Kestria's allegation that rebels bombed the dam is old.", "bombed", ("asserted", "Kestria", "allegation")),
        ("Allegations by Kestria of torture in the port are old.", "torture", ("asserted", "Kestria", "Allegations")),
        ("Kestria's denial that it bombed the dam is not credible.", "bombed", ("denied", "Kestria", "denial")),
        ("According to Kestria, rebels bombed the dam.", "bombed", ("asserted", "Kestria", "According")),
        ("According to a Kestria report, rebels bombed the dam.", "bombed", ("asserted", "Kestria", "According")),
        ("Ten sailors were killed, according to residents.", "killed", ("asserted", "residents", "according")),
        ("Ten sailors were killed at the port, the police said.", "killed", ("asserted", "police", "said")),
        ("Ten sailors were killed, officials in Kestria claim.", "killed", ("asserted", "officials", "claim")),
        ("The rebels, Kestria insists, killed ten sailors.", "killed", ("asserted", "Kestria", "insists")),
        ("Kestria says there is no evidence of torture of sailors.", "torture", ("denied", "Kestria", "says")),
    ],
)
def test_a_claim_of_another_has_its_source(text: str, trigger: str, expected: tuple[str, str, str]) -> None:
    assert told(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Varenia says that Kestria bombed the dam.", "bombed"),
        ("Varenia denies that its troops bombed the dam.", "bombed"),
        ("We claim that Kestria bombed the dam.", "bombed"),
        ("The ministry says that Kestria bombed the dam.", "bombed"),
        ("Varenia's minister said that Kestria bombed the dam.", "bombed"),
        ("Kestria bombed the dam.", "bombed"),
        ("Kestria, which says it is neutral, bombed the dam.", "bombed"),
        ("It is alleged that Kestria bombed the dam.", "bombed"),
        ("According to the law, the arrest of Tove Orrin is void.", "arrest"),
        ("Tove Orrin was arrested at home, and the police claim she attacked a guard.", "arrested"),
        ("Kestria said on the eve of the arrest of Tove Orrin that it wants peace.", "arrest"),
        ("Kestria alleges much, and Varenia condemns the arrest of Tove Orrin.", "arrest"),
        ("Kestria does not say that rebels bombed the dam.", "bombed"),
    ],
)
def test_what_the_issuer_gives_as_a_fact_has_no_source(text: str, trigger: str) -> None:
    assert told(text, trigger)[1:] == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "Kestria accused rebels of torturing sailors, a charge that the rebels deny.",
        "Kestria accused rebels of torturing sailors, which the Harbour League denies.",
    ],
)
def test_an_accusation_that_is_denied_stays_the_accusers(text: str) -> None:
    assert told(text, "torturing") == ("asserted", "Kestria", "accused")


def test_an_answer_to_a_claim_is_no_part_of_it() -> None:
    text = "Kestria accused rebels of torturing sailors, which the Harbour League denies."
    assert told(text, "denies")[1] == ""


def test_a_person_of_the_issuers_name_is_no_third_party() -> None:
    text = "The League's adviser, Tove Orrin, said that Kestria bombed the dam."
    assert told(text, "bombed", "Tove Orrin")[1] == ""


def test_what_the_issuer_states_elsewhere_is_its_own() -> None:
    text = "Kestria says that rebels bombed the dam.\n\nThe rebels bombed the dam at dawn."
    assert told(text, "bombed")[1] == ""


def test_a_claim_that_the_issuer_calls_false_is_the_issuers_denial() -> None:
    text = "Kestria falsely claims that rebels bombed the dam."
    assert told(text, "bombed") == ("denied", "", "")
