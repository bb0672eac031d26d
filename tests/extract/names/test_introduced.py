"""Bodies whose names hold no word such as "network", and short forms that a text defines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.extract.text import Context
from communique.model import EntityType

Make = Callable[[str], Context]


def bodies(context: Context) -> set[str]:
    return {m.name for m in context.mentions if m.type is EntityType.ORG}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The rights group Open Border went to the river.", "Open Border"),
        ("He works for the news outlet “SelmDaily” in the port.", "SelmDaily"),
        ("A spokesperson for Rainbow Hungary spoke. Rainbow Hungary fears the toll.", "Rainbow Hungary"),
        ("Casa do Rio, a group that counts votes, left early.", "Casa do Rio"),
        ("“Selmwatch” issued a statement on 1 July.", "Selmwatch"),
        ("Joint Statement of the Friends of the Selm\n\nThe Friends of the Selm met here.\n", "Friends of the Selm"),
    ],
)
def test_a_text_tells_what_an_unknown_name_is(context: Make, text: str, name: str) -> None:
    assert name in bodies(context(text))


@pytest.mark.parametrize("text", ["Hungary, a party to the pact, agreed.", "The group Dora Lindqvist leads is small."])
def test_a_state_and_a_person_are_no_introduced_bodies(context: Make, text: str) -> None:
    assert not any(m.source == "introduced" for m in context(text).mentions)


def test_every_mention_of_an_introduced_name_is_the_body(context: Make) -> None:
    made = context("The charity Green Shore met. Later Green Shore denied it.")
    assert [m.span.begin for m in made.mentions if m.name == "Green Shore"] == [12, 35]


def test_a_short_form_may_keep_small_letters_of_the_name(context: Make) -> None:
    made = context("The Selm Election Observers Network (SelEONet) met. SelEONet regrets the toll.")
    last = made.mentions[-1]
    assert (last.text, last.name) == ("SelEONet", "Selm Election Observers Network")


def test_letters_that_the_name_lacks_make_no_short_form(context: Make) -> None:
    made = context("The Selm Election Observers Network (BuBu) met. BuBu left.")
    assert "Selm Election Observers Network" not in {m.name for m in made.mentions if m.text == "BuBu"}
