from __future__ import annotations

from collections.abc import Callable

from communique.extract.appeals import appealed
from communique.extract.demands import find_demands
from communique.extract.issuer import find_issuers
from communique.extract.recipients import find_recipients
from communique.extract.text import Context

Make = Callable[[str], Context]


def recipients(context: Context) -> list[str]:
    attributions = find_issuers(context)
    demands = find_demands(context, attributions[0].issuer if attributions else None)
    return [r.mention.text for r in find_recipients(context, attributions, appealed(demands, context))]


def test_a_long_list_with_a_shared_head_is_one_recipient_each(context: Make) -> None:
    text = (
        "The letter was sent to the UN Secretary-General, the UN Security Council, the heads of UNICEF, UNESCO, the "
        "European Union, the Council of Europe and the OSCE and a number of other organizations."
    )
    assert recipients(context(text)) == [
        "UN Secretary-General",
        "UN Security Council",
        "UNICEF",
        "UNESCO",
        "European Union",
        "Council of Europe",
        "OSCE",
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
