from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.extract.demands.appeals import appealed
from communique.extract.demands.demands import find_demands
from communique.extract.parties.issuer import find_issuers
from communique.extract.parties.recipients import find_recipients
from communique.extract.text import Context

Make = Callable[[str], Context]


def recipients(context: Context) -> list[str]:
    attributions = find_issuers(context)
    demands = find_demands(context, attributions[0].issuer if attributions else None)
    return [r.mention.text for r in find_recipients(context, attributions, appealed(demands, context))]


def test_a_long_list_with_a_shared_head_is_one_recipient_each(context: Make) -> None:
    text = (
        "Copies went out today. The letter was sent to the UN Security Council, the UN Secretary-General, the "
        "heads of the OSCE, UNESCO, the Council of Europe, UNICEF and the European Union and a number of others."
    )
    assert recipients(context(text)) == [
        "UN Security Council",
        "UN Secretary-General",
        "OSCE",
        "UNESCO",
        "Council of Europe",
        "UNICEF",
        "European Union",
    ]


def test_a_name_with_and_or_of_in_it_is_one_recipient(context: Make) -> None:
    text = "The appeal was sent to the Department of Fisheries and Rural Development and the Council of Europe."
    assert recipients(context(text)) == ["Department of Fisheries and Rural Development", "Council of Europe"]


def test_whom_a_letter_greets_is_its_recipient(context: Make) -> None:
    assert recipients(context("Dear Mr Corvo,\n\nWe write about the port of Oslo.\n")) == ["Mr Corvo"]


def test_a_named_body_that_is_called_on_is_a_recipient(context: Make) -> None:
    text = "The Orrin Farmers Party calls on the Government of Norway to open the port."
    assert recipients(context(text)) == ["Government of Norway"]


def test_must_and_should_make_no_recipient(context: Make) -> None:
    assert recipients(context("The Orrin Farmers Party says that the Government of Norway must open the port.")) == []


def test_the_public_at_large_is_no_recipient(context: Make) -> None:
    assert recipients(context("The Orrin Farmers Party calls on the world community to open its eyes.")) == []


def test_what_another_sends_is_not_the_statement(context: Make) -> None:
    text = "The Orrin Farmers Party condemned the verdict. Tadeo Marsh has appealed to the Supreme Court of Norway."
    assert recipients(context(text)) == []


def test_whom_a_speech_addresses_by_title_is_its_recipient(context: Make) -> None:
    text = "Speech on rivers\n\n3 May 2021\n\nMr President,\n\nLet me thank you for the floor. Rivers need care.\n"
    assert "President" in recipients(context(text))


def test_the_person_in_brackets_is_the_recipient_of_a_note(context: Make) -> None:
    text = (
        "OSLO, 15 JUN 89 (RADIO FJORD) -- [COMMUNIQUE] [NORWEGIAN FOREIGN MINISTER ANSELM CORVO] [TEXT] MR MINISTER "
        "[CHILEAN FOREIGN MINISTER DORA ORRIN]: THE PRESS HAS REPORTED ON A MEETING IN YOUR PORT THIS WEEK.\n"
    )
    assert recipients(context(text)) == ["DORA ORRIN"]


def test_the_people_of_a_state_that_are_congratulated_stand_for_it(context: Make) -> None:
    text = "On behalf of the Government of Chile, I congratulate the people of Norway on this happy day.\n"
    assert "Norway" in recipients(context(text))


def test_whose_people_are_called_on_is_no_recipient_itself(context: Make) -> None:
    text = "Statement\n\n3 May 2021\n\nWe call on the Norwegian army officers of the old guard to think again.\n"
    assert "Norwegian army" not in recipients(context(text))


def test_an_appeal_to_a_court_is_no_letter_to_it(context: Make) -> None:
    text = "Ban kept\n\n3 May 2021\n\nThe journalist has appealed to the Oslo District Court against the ban.\n"
    assert recipients(context(text)) == []


def test_a_letter_names_in_its_heading_to_whom_it_is_addressed(context: Make) -> None:
    text = (
        "Letter from the Permanent Representative of Norway to the United Nations addressed to the President of the "
        "Security Council\n\nI have the honour to write to you about the bridge.\n\n(Signed) Dora Orrin\n"
    )
    assert recipients(context(text)) == ["President of the Security Council"]


def test_who_is_called_to_act_is_addressed(context: Make) -> None:
    text = "We call for the Hungarian Government to open the locks. We demand the OSCE to return."
    assert recipients(context(text)) == ["Hungarian Government", "OSCE"]


def test_the_government_is_one_body_but_all_parties_are_none(context: Make) -> None:
    assert recipients(context("We urge the government to open the locks.")) == ["government"]
    assert recipients(context("We urge all parties to open the locks.")) == []


def test_whom_others_call_on_is_not_addressed(context: Make) -> None:
    text = "We wrote of the river. The world community is calling on Hungary to open the locks."
    assert recipients(context(text)) == []


def test_what_is_sent_must_be_a_letter_to_make_a_sure_recipient(context: Make) -> None:
    made = context("The letter was sent to the OSCE. Much was said. Tools were sent to UNESCO.")
    found = find_recipients(made, (), ())
    assert [r.confidence > 0.8 for r in found if r.mention.text == "OSCE"] == [True]
    assert not any(r.confidence > 0.8 for r in found if r.mention.text == "UNESCO")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dear Madam Speaker: (Dear Madam President:)\n\nI have sent a notice.", ["Speaker", "President"]),
        ("Messrs Presidents: we ask for peace on the river.", ["Presidents"]),
        ("Our letter of complaint went out. We sent a letter of protest to the OSCE.", ["OSCE"]),
        ("The letter was cc to UNESCO.", ["UNESCO"]),
        ("We call on those at war—Kenya and Uganda—to stop.", ["Kenya", "Uganda"]),
        ("We call on: - Kenya to open the river; - Uganda to free the sailors.", ["Kenya", "Uganda"]),
        ("We demand an explanation from the OSCE.", ["OSCE"]),
        ("We have called for action by Kenya to help the sailors.", []),
        ("We demand the return of every soldier from Kenya.", []),
        ("We welcome the resolution and its call on Kenya to act.", []),
    ],
)
def test_whom_a_statement_is_addressed_to(context: Make, text: str, expected: list[str]) -> None:
    assert recipients(context(text)) == expected


@pytest.mark.parametrize(
    "heading",
    ["Message to the Senate of Norway on Ferry Safety", "Open Letter to the Senate of Norway about Ferries"],
)
def test_a_heading_says_whom_a_letter_is_to(context: Make, heading: str) -> None:
    made = context(f"{heading}\n\n2 May 2023\n\nThe ferries are old, and nobody mends them any more.")
    assert recipients(made) == ["Senate of Norway"]


def test_the_government_is_the_one_that_another_recipient_names(context: Make) -> None:
    text = (
        "We, the Ferry Union, call on the government to respect the sailors. "
        "We urge the Kenyan government to open the river."
    )
    assert recipients(context(text)) == ["Kenyan government"]


def test_who_holds_an_office_of_a_body_is_addressed_and_not_the_body(context: Make) -> None:
    text = (
        "The Ferry Union issued a statement. The Ferry Union calls on co-rapporteurs of the "
        "Parliamentary Assembly of the Council of Europe (PACE) Dora Orrin and Tam Kell to condemn the arrests."
    )
    assert recipients(context(text)) == ["Dora Orrin", "Tam Kell"]


def test_whom_the_issuer_will_write_to_is_a_recipient_and_not_the_owner_of_an_office(context: Make) -> None:
    made = context("The senators will write to Minister Irma Dosta on this. We will write to Dora Orrin's office.")
    assert recipients(made) == ["Irma Dosta"]


def test_a_state_that_says_only_where_somebody_is_receives_nothing(context: Make) -> None:
    text = "The Ferry Union issued a statement. The Ferry Union calls on the sailors in Kenya to leave the boats."
    assert recipients(context(text)) == []


def test_whom_somebody_quoted_calls_on_in_the_third_person_is_no_recipient(context: Make) -> None:
    text = (
        "Ferry Union praises a judge\n\n2 May 2023\n\nThe Ferry Union issued a statement.\n\n"
        "“She angered governments, appealing to Kenya to examine its ferry rules,” the Ferry Union said."
    )
    assert recipients(context(text)) == []


def test_a_list_of_what_another_did_is_that_other_s(context: Make) -> None:
    text = (
        "The Ferry Union issued a statement. It is understood that Norway:\n\n* raised the tolls;\n"
        "* called on Kenya to open the river;\n"
    )
    assert recipients(context(text)) == []
