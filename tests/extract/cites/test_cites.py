from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.extract.cites.cites import find_cites
from communique.extract.text import Context
from communique.model import EntityType

Make = Callable[[str], Context]


def cites(context: Context) -> list[str]:
    return [r.mention.text for r in find_cites(context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This violates the Geneva Conventions.", ["Geneva Conventions"]),
        ("She was charged under the Law on Migration.", ["Law on Migration"]),
        (
            "It follows from Article 5 of the Convention on River Transport.",
            ["Convention on River Transport"],
        ),
        ("The Varenia Department of Law and the Faculty of Law agree.", []),
        ("They signed the EU-Moldova Association Agreement in June.", ["EU-Moldova Association Agreement"]),
        (
            "In line with UN Security Council Resolution 1701, the line is blue.",
            ["UN Security Council Resolution 1701"],
        ),
        ("A process under UNSCR 2254 is open.", ["UNSCR 2254"]),
        ("It ignores relevant UN Security Council resolutions.", ["UN Security Council resolutions"]),
        (
            "The joint report by the OSCE and the Council of Europe is clear.",
            ["joint report by the OSCE and the Council of Europe"],
        ),
        ("All rules of the trilateral statement stand.", ["trilateral statement"]),
        ("They cancelled the security agreement with Hungary.", ["security agreement with Hungary"]),
        ("The 2015 ferry deal holds.", ["2015 ferry deal"]),
        ("Both sides returned to the nuclear agreement.", ["nuclear agreement"]),
        ("He recalled the BRAX lock-keeping agreement.", ["BRAX lock-keeping agreement"]),
        ("She was charged under Ostmark’s foreign agents law.", ["Ostmark’s foreign agents law"]),
        ("They amended the law on foreign agents.", ["law on foreign agents"]),
        ("This ignores Hungary’s constitution.", ["Hungary’s constitution"]),
        ("Executive Order 13999 applies.", ["Executive Order 13999"]),
        ("It cites Decree No. 12/2020.", ["Decree No. 12/2020"]),
        ("The Ferry (Protection of Piers) Act is old.", ["Ferry (Protection of Piers) Act"]),
        ("An OSCE report is due.", ["OSCE report"]),
        ("The Committee wrote General Comment No. 34.", ["General Comment No. 34"]),
        ("The Mill Act 1958 is old.", ["Mill Act 1958"]),
        ("They adopted the Pact for the valley.", ["Pact for the valley"]),
        ("Everyone upholds the UN charter.", ["UN charter"]),
        ("The Court ruled in Tamm v. Ostmark on Monday.", ["Tamm v. Ostmark"]),
        ("It said so in a report titled “Closed Gates on the River”.", ["Closed Gates on the River"]),
        ("It builds on the statement of July 2, 2025.", ["statement of July 2, 2025"]),
        ("The Lock Guild’s Annual Report is out.", ["Lock Guild’s Annual Report"]),
        ("It cites a report of human rights abuses by the OSCE.", ["report of human rights abuses by the OSCE"]),
    ],
)
def test_an_instrument_named_as_such_is_cited(context: Make, text: str, expected: list[str]) -> None:
    assert cites(context(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "This is a breach of International Law and of the rule of law.",
        "He issued a statement and sent a letter.",
        "Bill Tamm and the Law Society met the Charter Commission.",
        "The towns reached no agreement.",
        "The text of the joint statement follows.",
        "There are reports of Ferry workers on strike.",
        "He seeks a resolution of the Tisza dispute.",
        "They denied their previous statements in court.",
        "The Guild Spokesperson on Law and Justice spoke.",
        "They want an agreement on trade and peace accords.",
        "The guards use the law against the drivers.",
        "All support the Sustainable Development Goals.",
    ],
)
def test_general_words_are_no_instrument(context: Make, text: str) -> None:
    assert cites(context(text)) == []


def test_one_instrument_is_cited_once_by_its_fullest_name(context: Make) -> None:
    made = context(
        "The Tisza Water Agreement holds. No party may leave the Water Agreement. The Tisza Water Agreement is old."
    )
    assert cites(made) == ["Tisza Water Agreement"]


def test_instruments_in_a_list_are_each_one(context: Make) -> None:
    made = context(
        "We uphold the Harbour Convention, the Upper Danube Treaty on Fishing and Ferry Rights "
        "and the Convention against Torture."
    )
    assert len(cites(made)) == 3


def test_a_cite_is_an_instrument_with_its_sentence(context: Make) -> None:
    made = context("Rain fell. This violates the Geneva Conventions. Night came.")
    (role,) = find_cites(made)
    assert role.mention.type is EntityType.INSTRUMENT
    assert role.evidence.of(made.text.string) == "This violates the Geneva Conventions."


def test_a_headline_in_capitals_names_no_instrument(context: Make) -> None:
    made = context(
        "Union Rejects New Report on Ferry Tolls\n\nMay 2, 2023\n\nThe Union said on Monday that it would sail.\n"
    )
    assert cites(made) == []


def test_resolutions_at_large_are_not_those_with_a_number(context: Make) -> None:
    made = context(
        "In line with United Nations Security Council Resolution 1701 and applicable UN resolutions, we act."
    )
    assert cites(made) == ["United Nations Security Council Resolution 1701", "UN resolutions"]


@pytest.mark.parametrize(
    "text",
    [
        "The 2015 ferry deal, officially known as the Tisza Ferry Agreement, holds.",
        "The 2015 ferry deal holds. Nobody may leave the 2015 ferry agreement.",
        "The proposed new constitution is long. The newly-proposed constitution is dear.",
    ],
)
def test_other_names_of_an_instrument_are_no_second_one(context: Make, text: str) -> None:
    assert len(cites(context(text))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rests on the 2016 decision by the Court of River Law.", ["2016 decision by the Court of River Law"]),
        ("They follow a six-point road map.", ["six-point road map"]),
        ("He broke the Ferry Penal Code.", ["Ferry Penal Code"]),
        ("It is told in the World Ferry Report 2022.", ["World Ferry Report 2022"]),
        ("The Outcome Document was signed, and the Outcome Document holds.", ["Outcome Document"]),
    ],
)
def test_further_instruments(context: Make, text: str, expected: list[str]) -> None:
    assert cites(context(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The board issued a statement dated 3 May 2022 on the locks.",
        "They hope for an agreement between Hungary and Poland.",
        "The board will launch the Report on Friday.",
    ],
)
def test_what_is_reported_or_hoped_for_is_not_cited(context: Make, text: str) -> None:
    assert cites(context(text)) == []


def test_one_of_many_instruments_has_no_name(context: Make) -> None:
    assert cites(context("She will sign an Executive Order and adopt a Plan of Action.")) == []


def test_the_makers_of_a_described_agreement_are_not_cut(context: Make) -> None:
    assert cites(context("The agreement between the Chilean parties holds.")) == [
        "agreement between the Chilean parties"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am returning S.J. Res. 9 without my approval.", ["S.J. Res. 9"]),
        ("The House passed H.R. 1234 today.", ["H.R. 1234"]),
        (
            "The UN High Commissioner released a report on police brutality.",
            ["report on police brutality"],
        ),
        ("The committee is to inquire into and report on trade with Kenya.", []),
        ("The UN General Assembly adopted a resolution condemning Kenya.", ["resolution condemning Kenya"]),
        ("We need a national Ferry Safety Act.", []),
        (
            "It breaks Article 11 and Article 15 of the Convention on River Transport.",
            ["Convention on River Transport"],
        ),
        ("THE FRONT RECALLS THE AGREEMENT REACHED IN NAIROBI.", ["AGREEMENT REACHED IN NAIROBI"]),
    ],
)
def test_instruments_by_number_subject_and_place(context: Make, text: str, expected: list[str]) -> None:
    assert cites(context(text)) == expected


def test_a_headline_does_not_cite_its_own_statement(context: Make) -> None:
    text = "Joint Statement by Presidents Irma Dosta and Anselm Corvo\n\n2 May 2023\n\nWe agreed to open the river."
    assert cites(context(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Security Council Resolutions 242 and 497 still stand.",
            ["Security Council Resolutions 242 and 497"],
        ),
        ("Kenya aligns itself with the statement of the European Union.", ["statement of the European Union"]),
        ("They were held under an abusive counterterrorism law.", []),
        ("Today’s report shows that fares fell.", []),
    ],
)
def test_instruments_of_others_and_one_of_many(context: Make, text: str, expected: list[str]) -> None:
    assert cites(context(text)) == expected
