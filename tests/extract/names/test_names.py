from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.authority.records import Authority
from communique.extract.names.mentions import find_mentions
from communique.extract.text import Context, Text
from communique.model import EntityType, Mention

Make = Callable[[str], Context]


def found(context: Context, kind: EntityType) -> list[str]:
    return [m.text for m in context.mentions if m.type == kind]


def one(context: Context, text: str) -> Mention:
    return next(m for m in context.mentions if m.text == text)


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Foreign Affairs of the Republic of Kazakhstan",
        "Department of Fisheries and Rural Development",
        "Orrin Valley Farmers Association",
        "Network of Citizen Observers",
        "Commission on Fair Trials",
    ],
)
def test_a_body_is_found_whole(context: Make, name: str) -> None:
    assert name in found(context(f"A complaint was sent to the {name} last week."), EntityType.ORG)


@pytest.mark.parametrize(
    ("text", "office", "within", "country"),
    [
        ("The Foreign Minister of Norway spoke.", "Foreign Minister of Norway", "Norway", "NO"),
        ("Norway's Deputy Foreign Minister spoke.", "Norway's Deputy Foreign Minister", "Norway", "NO"),
        ("The Norwegian Ombudsman spoke.", "Norwegian Ombudsman", "Norwegian", "NO"),
        (
            "A spokesperson for the Ministry of Defence denied it.",
            "spokesperson for the Ministry of Defence",
            "Ministry of Defence",
            "",
        ),
        (
            "The Commissioner for Human Rights of the Republic of Moldova (Ombudsman) spoke.",
            "Commissioner for Human Rights of the Republic of Moldova (Ombudsman)",
            "Republic of Moldova",
            "MD",
        ),
        ("The UN Special Envoy for Norway spoke.", "UN Special Envoy for Norway", "UN", ""),
        ("The Norwegian Ambassador to Chile spoke.", "Norwegian Ambassador to Chile", "Norwegian", "NO"),
        (
            "A spokesperson for Orrin Mondi denied it.",
            "spokesperson for Orrin Mondi",
            "Orrin Mondi",
            "",
        ),
        (
            "Amnesty International’s Director for Central Asia and Eastern Europe spoke.",
            "Amnesty International’s Director for Central Asia and Eastern Europe",
            "Amnesty International",
            "",
        ),
    ],
)
def test_an_office_says_what_it_belongs_to(context: Make, text: str, office: str, within: str, country: str) -> None:
    mention = one(context(text), office)
    assert (mention.type, mention.within, mention.country) == (EntityType.OFFICE, within, country)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Anselm Corvo spoke.", "Anselm Corvo"),
        ("Mr Ilko Brandt spoke.", "Ilko Brandt"),
        ("He met Foreign Minister Mustafa al-Orrini in Oslo.", "Mustafa al-Orrini"),
        ('"It is late," said Petra Lindqvist-Amaro, chair of the union.', "Petra Lindqvist-Amaro"),
        ("She met Maria da Costa in Oslo.", "Maria da Costa"),
        ("Green MP Simon Court spoke.", "Simon Court"),
        ("Labour spokesperson Dora ORRIN spoke.", "Dora ORRIN"),
        ("Spokesperson Jan Orrin spoke.", "Jan Orrin"),
        ("Director Anselm Corvo Denied Entry to Port", "Anselm Corvo"),
    ],
)
def test_a_person_is_found_with_the_name_alone(context: Make, text: str, name: str) -> None:
    names = [m.name for m in context(text).mentions if m.type == EntityType.PERSON]
    assert names == [name]


def test_a_surname_stands_for_the_full_name(context: Make) -> None:
    mentions = context("President Anselm Corvo spoke first. Mr Corvo was brief. Later Corvo left.").mentions
    assert [m.name for m in mentions if m.type == EntityType.PERSON] == ["Anselm Corvo"] * 3


def test_an_acronym_stands_for_the_name_it_was_defined_with(context: Make) -> None:
    made = context("The Orrin Farmers Association (OFA) met in Oslo. The OFA wants water.")
    assert {m.name for m in made.mentions if m.text == "OFA"} == {"Orrin Farmers Association"}


def test_a_short_form_stands_for_the_body_named_before(context: Make) -> None:
    made = context("The Ministry of Fisheries of Norway closed the port. The Ministry gave no reason.")
    assert one(made, "Ministry").name == "Ministry of Fisheries of Norway"


def test_months_and_opening_words_are_no_names(context: Make) -> None:
    made = context("Earlier reports in March and May were wrong. However, March was cold. Attempts failed.")
    assert [m.text for m in made.mentions if m.source != "guess"] == []


def test_text_in_capitals_is_read_like_any_other(context: Make) -> None:
    made = context("THE GOVERNMENT OF NORWAY REPORTS THAT TROOPS LEFT OSLO ON 3 MAY.\n\nTHE UN SECURITY COUNCIL MET.")
    assert "GOVERNMENT OF NORWAY" in found(made, EntityType.ORG)
    assert one(made, "UN SECURITY COUNCIL").key == "org/un-security-council"


def test_a_record_gives_its_key_and_label(context: Make) -> None:
    mention = one(context("An appeal went to the UN Security Council."), "UN Security Council")
    assert (mention.key, mention.name) == ("org/un-security-council", "United Nations Security Council")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "of",
                "and",
                "UN",
                "Ministry",
                "Norway",
                "President",
                "Ali",
                "said",
                ",",
                ".",
                "in",
                "Foreign",
                "(",
                ")",
                "Mr",
                "OSCE",
                "war",
            ]
        ),
        max_size=40,
    )
)
def test_mentions_are_sorted_apart_and_verbatim(words: list[str]) -> None:
    string = " ".join(words)
    mentions = find_mentions(Text(string), Authority.load())
    for mention in mentions:
        assert string[mention.span.begin : mention.span.end] == mention.text
    assert all(a.span.end <= b.span.begin for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    "words", ["Honourable Ministers", "the Joint Chiefs", "Howard Government", "Benjamin Franklin Room"]
)
def test_several_people_a_room_and_a_government_are_no_person(context: Make, words: str) -> None:
    found = context(f"I spoke with {words} on Friday.").mentions
    assert [m.text for m in found if m.type == EntityType.PERSON] == []


def test_a_bare_ministry_of_an_office_is_the_one_named_before(context: Make) -> None:
    text = "The Ministry of Fish and Rivers denied it. Ministry spokesperson Dora Orrin said that no net was torn."
    office = one(context(text), "Ministry spokesperson")
    assert office.within == "Ministry of Fish and Rivers"


def test_an_acronym_in_an_office_stands_for_the_full_body(context: Make) -> None:
    text = "The League of Valley Readers (LVR) met. LVR chairman Anselm Corvo spoke."
    assert one(context(text), "LVR chairman").within == "League of Valley Readers"


def test_a_person_and_a_body_side_by_side_in_a_list_are_two(context: Make) -> None:
    listed = context("The panel:\n\n- Jane Orrin General Ports Administration\n- Mary Velde Ministry of Trade\n")
    assert "Jane Orrin" in found(listed, EntityType.PERSON)
    assert "General Ports Administration" in found(listed, EntityType.ORG)


def test_a_foundation_may_bear_the_name_of_a_person(context: Make) -> None:
    assert "Jane Orrin National Library Foundation" in found(
        context("They met at the Jane Orrin National Library Foundation."), EntityType.ORG
    )


def test_a_disease_in_capitals_is_no_body(context: Make) -> None:
    assert not found(context("We got through COVID together. After COVID, the COVID wards closed."), EntityType.ORG)


def test_a_title_in_the_plural_stands_before_several_persons(context: Make) -> None:
    text = "Presidents Corvo and Dosta met in Nairobi. Ministers Kell, Brant and Orrin attended the talks."
    assert found(context(text), EntityType.PERSON) == ["Corvo", "Dosta", "Kell", "Brant", "Orrin"]


def test_a_name_in_capitals_behind_a_title_may_be_common_words(context: Make) -> None:
    made = context("THE HON BILL FIELD MP\nLEADER OF THE OPPOSITION\n\n2 May 2023\n\nThe ferries are late again today.")
    assert "HON BILL FIELD" in found(made, EntityType.PERSON)


def test_an_office_ends_where_the_next_one_begins(context: Make) -> None:
    made = context("Dora Orrin, Deputy Leader of the Opposition Shadow Minister for Ferries, spoke.")
    assert found(made, EntityType.OFFICE) == ["Deputy Leader of the Opposition", "Shadow Minister for Ferries"]


def test_the_topic_of_a_headline_is_no_part_of_a_name(context: Make) -> None:
    made = context("Letter to the President of the Senate on the Ferry Emergency\n\nThe ferries are late again today.")
    assert found(made, EntityType.OFFICE) == ["President of the Senate"]
    assert "Committee on Fair Trials" in found(context("Statement by the Committee on Fair Trials."), EntityType.ORG)


def test_a_short_weekday_is_no_town(context: Make) -> None:
    made = context("Ferries late\n\nMon, 26 Jul 2021 11:30:57 +0000\n\nThe ferries are late again today.")
    assert found(made, EntityType.PLACE) == []


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("The United States Court of Appeals for the Federal Circuit Judge Leonard Stark spoke.", "Circuit"),
        ("The Office of the National Ferry Director Announces Camille Stewart.", "Director"),
        ("The Ministry of Foreign Affairs Spokesperson Dora Orrin said so.", ""),
    ],
)
def test_a_body_ends_before_somebody_of_it(context: Make, text: str, body: str) -> None:
    made = context(text)
    assert len(found(made, EntityType.PERSON)) == 1
    assert [m.split()[-1] for m in found(made, EntityType.ORG)] == [body] * bool(body)


def test_a_name_holds_the_whole_name_of_its_place(context: Make) -> None:
    made = context(
        "A Candidate for the United States District Court for the District of New Jersey Georgette Castner came."
    )
    assert "District of New Jersey" in found(made, EntityType.OFFICE)[0]


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("New Mexico Supreme Court", "US"),
        ("Mexico Supreme Court", "MX"),
        ("Georgia Supreme Court", "GE"),
    ],
)
def test_a_region_named_after_a_state_lies_in_its_own(context: Make, name: str, country: str) -> None:
    found = context(f"Yesterday the {name} ruled on the ferries.").mentions
    assert [each.country for each in found if each.name == name] == [country]


def test_a_language_is_no_town(context: Make) -> None:
    made = context("She lives in Afghanistan and speaks Dari and Farsi.")
    assert found(made, EntityType.PLACE) == []
