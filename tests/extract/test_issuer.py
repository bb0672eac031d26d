from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.extract.issuer import find_issuers
from communique.extract.text import Context

Make = Callable[[str], Context]


def issuers(context: Context) -> list[tuple[str, str, str]]:
    """Return issuer, office and body of each attribution, as names."""
    return [
        (
            a.issuer.mention.name,
            a.capacity.mention.name if a.capacity else "",
            a.on_behalf_of.mention.name if a.on_behalf_of else "",
        )
        for a in find_issuers(context)
    ]


def test_a_person_speaks_in_an_office_for_a_body(context: Make) -> None:
    text = (
        "Ombudsman protests against arrests\n\n2 May 2023\n\nThe Ombudsman of Norway, Irma Dosta, has issued a "
        "statement protesting against the arrests in Oslo.\n\nIrma Dosta said that four people were held."
    )
    assert issuers(context(text)) == [("Irma Dosta", "Ombudsman of Norway", "Norway")]


def test_a_body_that_speaks_for_itself_is_issuer_and_body(context: Make) -> None:
    text = (
        "Observers alarmed\n\n2 May 2023\n\nThe Network of Citizen Observers (NCO) condemns the attack on its office.\n"
    )
    assert issuers(context(text)) == [("Network of Citizen Observers", "", "Network of Citizen Observers")]


def test_the_speaker_named_in_the_headline_issues_it(context: Make) -> None:
    text = (
        "Statement by President Anselm Corvo on the floods\n\n2 May 2023\n\nOur hearts are with the people of Norway.\n"
    )
    assert issuers(context(text))[0][:2] == ("Anselm Corvo", "President")


def test_a_byline_outweighs_the_state_it_speaks_of(context: Make) -> None:
    text = (
        "Detentions in Norway\n\nU.S. Department of State\n\n2022-02-03\n\nDora Castell, Department Spokesperson\n\n"
        "The United States is concerned by the detentions in Oslo. We call on Norway to free them.\n"
    )
    assert issuers(context(text)) == [("Dora Castell", "Department Spokesperson", "United States Department of State")]


def test_every_party_of_a_joint_statement_issues_it(context: Make) -> None:
    text = (
        "Joint Statement by the Governments of Norway, Chile and Japan\n\n3 May 2023\n\n"
        "We welcome the agreement on fish that was reached in Oslo.\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == ["Norway", "Chile", "Japan"]


def test_whom_the_report_is_about_outweighs_who_is_mentioned_often(context: Make) -> None:
    text = (
        "Party demands answer on prisoner\n\n3 May 2023\n\nGreen Party MP Keith Orrin today called on the government "
        'to ask for the release of Tadeo Marsh.\n\n"Tadeo Marsh said what all know. Marsh has warned for years."\n\n'
        "Mr Orrin said that time was short.\n"
    )
    assert issuers(context(text))[0][0] == "Keith Orrin"


def test_no_sign_of_a_speaker_means_no_issuer(context: Make) -> None:
    assert issuers(context("It rained for days and the roads were closed.")) == []


@pytest.mark.parametrize("quote", ['"{}"', "“{}”"])
def test_who_speaks_inside_a_quotation_is_not_the_issuer(context: Make, quote: str) -> None:
    inner = quote.format("Tadeo Marsh condemned the court and urged all to resist it, again and again, for years.")
    text = f"Party on court\n\n3 May 2023\n\nThe Orrin Farmers Party has issued a statement on the court.\n\n{inner}\n"
    assert issuers(context(text))[0][0] == "Orrin Farmers Party"
