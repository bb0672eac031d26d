from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.extract.cites import find_cites
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
