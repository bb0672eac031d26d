from __future__ import annotations

import pytest

from communique.authority.records import Authority
from communique.extract.statement import read_statement
from communique.link import link
from communique.model import Attribution, Document, EntityType, Header, Mention, Reading, Role, Span, Statement
from communique.vocab import document_id

TEXT = """Ombudsman protests against arrests

2 May 2023

The Ombudsman of Norway, Irma Dosta, has issued a statement protesting against the arrests in Oslo. Ms Dosta said \
that the Orrin Farmers Association (OFA) was raided. The OFA has 40 members.

The statement was sent to the UN Security Council and the Security Council's members.
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    authority = Authority.load()
    name, digest = document_id(TEXT.encode())
    return link(read_statement(Document(name, digest, "a.txt", TEXT), authority), authority)


def test_every_role_has_an_entity_that_is_listed(reading: Reading) -> None:
    statement = reading.statements[0]
    roles = [a.issuer for a in statement.attributions] + [*statement.recipients, *statement.mentions]
    assert all(r.entity in reading.entities for r in roles)


def test_a_person_called_by_surname_is_the_same_entity(reading: Reading) -> None:
    persons = [e for e in reading.entities if e.type == EntityType.PERSON]
    assert [p.label for p in persons] == ["Irma Dosta"]
    assert "Ms Dosta" in persons[0].names


def test_an_acronym_and_its_name_are_one_entity(reading: Reading) -> None:
    bodies = [e for e in reading.entities if "OFA" in (e.label, *e.names)]
    assert [b.label for b in bodies] == ["Orrin Farmers Association"]


def test_a_recorded_body_carries_the_record_key_and_label(reading: Reading) -> None:
    council = next(e for e in reading.entities if e.path == "org/un-security-council")
    assert council.label == "United Nations Security Council"


def test_a_local_entity_is_named_after_its_document(reading: Reading) -> None:
    dosta = next(e for e in reading.entities if e.label == "Irma Dosta")
    assert dosta.path == f"person/{reading.document.id}-irma-dosta"


def test_an_office_leads_to_the_body_it_is_held_in(reading: Reading) -> None:
    office = next(e for e in reading.entities if e.label == "Ombudsman of Norway")
    assert office.post_in == "org/no-ombudsmans-office"
    assert any(e.path == "place/no" for e in reading.entities)


def test_paths_are_unique_and_sorted(reading: Reading) -> None:
    paths = [e.path for e in reading.entities]
    assert paths == sorted(set(paths))


def test_an_office_with_the_adjective_of_a_nation_is_held_in_the_state() -> None:
    text = "Norwegian Foreign Minister Dora Orrin said on 2 May 2023 that the port is open.\n"
    authority = Authority.load()
    name, digest = document_id(text.encode())
    made = link(read_statement(Document(name, digest, "a.txt", text), authority), authority)
    held_in = {e.post_in for e in made.entities if e.type is EntityType.OFFICE}
    assert "place/no" in held_in or any("norway" in path for path in held_in)
    assert not any(e.label == "Norwegian" for e in made.entities)


def test_a_bare_head_is_no_body_that_an_office_is_held_in() -> None:
    text = "Ministry spokesperson Dora Orrin said on 2 May 2023 that the port is open.\n"
    authority = Authority.load()
    name, digest = document_id(text.encode())
    made = link(read_statement(Document(name, digest, "a.txt", text), authority), authority)
    assert [e.label for e in made.entities if e.label == "Ministry"] == []


def _read(text: str) -> Reading:
    authority = Authority.load()
    name, digest = document_id(text.encode())
    return link(read_statement(Document(name, digest, "b.txt", text), authority), authority)


def test_the_armed_forces_of_a_nation_are_those_of_its_state() -> None:
    reading = _read(
        "Shelling reported\n\n4 May 2023\n\nThe Kenyan Ministry of Defence said that the Ethiopian armed forces "
        "shelled two villages near Moyale, and that the Ethiopian Coast Guard had been warned.\n"
    )
    found = {e.path: e for e in reading.entities}
    assert found["org/et-armed-forces"].label == "Armed Forces of Ethiopia"
    assert found["org/ke-ministry-of-defence"].country == "KE"
    assert [e.country for e in reading.entities if "Coast Guard" in e.label] == ["ET"]


def test_a_title_that_does_not_say_whose_describes_somebody() -> None:
    reading = _read(
        "Attack condemned\n\n4 May 2023\n\nKenyan Foreign Minister Dora Orrin said that the Prime Minister had called "
        "on the Secretary to act.\n"
    )
    offices = {e.label: e.path for e in reading.entities if e.type == EntityType.OFFICE}
    assert offices == {"Minister of Foreign Affairs of Kenya": "office/ke-foreign-minister"}
    assert "Secretary" in [e.label for e in reading.entities if e.type == EntityType.GROUP]


def test_a_bare_title_of_a_speaker_is_that_of_the_state_spoken_for() -> None:
    text = "Prime Minister Orrin"
    mention = Mention(Span(0, 14), "Prime Minister", EntityType.OFFICE, "Prime Minister", "office", 0.6)
    person = Mention(Span(15, 20), "Orrin", EntityType.PERSON, "Orrin", "title", 0.9)
    state = Mention(Span(0, 20), text, EntityType.STATE, "Kenya", "authority", 0.9, "place/ke", "KE")
    roles = [Role(each, Span(0, 20), None, 0.9) for each in (person, mention, state)]
    statement = Statement(Span(0, 20), attributions=(Attribution(*roles),))
    name, digest = document_id(text.encode())
    document = Document(name, digest, "c.txt", text)
    found = link(Reading(document, Header(Span(0, 20)), (statement,)), Authority.load()).statements[0].attributions[0]
    assert found.capacity is not None
    assert found.capacity.entity is not None
    assert found.capacity.entity.path == "office/ke-prime-minister"
